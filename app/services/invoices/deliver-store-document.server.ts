import { createHash } from 'node:crypto'
import { findPdf, type InvoiceFileFormat, noteDocumentProblems, recordFile } from '#app/db/documents/deliveries.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { FileStore } from '#app/ports/file-store.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { type DocumentPorts, makeDocument } from './make-document.server.ts'

export type StoringPorts = DocumentPorts & { readonly files: FileStore }

export type InvoiceInput = { readonly invoiceId: string }

/** `document-parked`: it cannot be made as it should be; the reason is noted with the invoice. */
export type StoreDocumentError = 'invoice-not-found' | 'document-parked'

/** Where the PDF of an invoice lies and what it is. */
export type StoredPdf = { readonly fileKey: string; readonly sha256: string }

/**
 * Makes the files of an invoice, stores them and records their hashes: the PDF, and the electronic document that travels inside it.
 * Safe to repeat: the same invoice gives the same bytes under the same keys. Throws when typesetting or the store fails: the calling
 * job retries.
 */
export async function storeInvoicePdf(
  process: TenantProcess<StoringPorts>,
  input: InvoiceInput,
): Promise<Result<StoredPdf, StoreDocumentError>> {
  const found = await process.inTenant(async (ctx) => ({
    stored: await readFinalisedInvoice(ctx, input.invoiceId),
    pdf: await findPdf(ctx, input.invoiceId),
  }))
  if (found.pdf) return ok(found.pdf)
  if (!found.stored) return err('invoice-not-found')

  const { invoice } = found.stored
  const made = await makeDocument(process.ports, invoice)
  const subject = { accountId: invoice.accountId, invoiceId: invoice.id }
  if (!made.pdf) {
    await process.inTenant((ctx) => noteDocumentProblems(ctx, subject, made.problems))
    return err('document-parked')
  }

  const key = `invoices/${process.tenantId}/${invoice.id}`
  const pdf = { ...subject, ...fileFacts('pdf', `${key}.pdf`, made.pdf) }
  const xml = made.xml && { ...subject, ...fileFacts('cii', `${key}.xml`, made.xml) }
  await process.ports.files.put(pdf.fileKey, made.pdf)
  if (xml && made.xml) await process.ports.files.put(xml.fileKey, made.xml)

  await process.inTenant(async (ctx) => {
    if (xml) await recordFile(ctx, xml)
    await recordFile(ctx, pdf)
    await noteDocumentProblems(ctx, subject, made.problems)
  })
  return ok({ fileKey: pdf.fileKey, sha256: pdf.sha256 })
}

function fileFacts(format: InvoiceFileFormat, fileKey: string, bytes: Uint8Array) {
  return { format, fileKey, sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length }
}
