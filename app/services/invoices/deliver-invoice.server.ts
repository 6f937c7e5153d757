import { createHash } from 'node:crypto'
import {
  acceptDelivery,
  findPdf,
  type InvoiceFileFormat,
  noteDocumentProblems,
  openDelivery,
  recordFile,
} from '#app/db/deliveries.server.ts'
import { readFinalisedInvoice } from '#app/db/finalised-invoices.server.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { FileStore } from '#app/ports/file-store.ts'
import type { Mailer } from '#app/ports/mailer.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { type DocumentPorts, makeDocument } from './make-document.server.ts'

export type DeliveryPorts = DocumentPorts & { readonly files: FileStore; readonly mailer: Mailer }

export type InvoiceInput = { readonly invoiceId: string }
export type DeliverInvoiceError = 'invoice-not-found'

/** `document-parked`: it cannot be made as it should be; the reason is noted with the invoice. */
export type StoreDocumentError = DeliverInvoiceError | 'document-parked'

/** Where the PDF of an invoice lies and what it is. */
export type StoredPdf = { readonly fileKey: string; readonly sha256: string }

/**
 * Makes the files of an invoice, stores them and records their hashes: the PDF, and the electronic document that travels inside it.
 * Safe to repeat: the same invoice gives the same bytes under the same keys. Throws when typesetting or the store fails: the calling
 * job retries.
 */
export async function storeInvoicePdf(
  process: TenantProcess<DeliveryPorts>,
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

export type OpenedDelivery = { readonly messageKey: string; readonly isAccepted: boolean }

/** Notes, before anything leaves, that the invoice is on its way to the payer. A repeat finds the first note. */
export async function openInvoiceDelivery(
  process: TenantProcess<unknown>,
  input: InvoiceInput,
): Promise<Result<OpenedDelivery, DeliverInvoiceError>> {
  return process.inTenant(async (ctx) => {
    const stored = await readFinalisedInvoice(ctx, input.invoiceId)
    if (!stored) return err('invoice-not-found')
    const { id, accountId, buyer } = stored.invoice
    const delivery = await openDelivery(ctx, {
      accountId,
      invoiceId: id,
      recipient: buyer.email,
      messageKey: `invoice:${id}:${buyer.email}`,
    })
    return ok({ messageKey: delivery.messageKey, isAccepted: delivery.state !== 'sending' })
  })
}

/**
 * Sends the invoice with its PDF under the key of the opened delivery, and returns the transport's message id. No transaction
 * is open meanwhile. A repeat sends under the same key, which a mailer that can tell sends once.
 */
export async function sendInvoiceMail(
  process: TenantProcess<DeliveryPorts>,
  input: InvoiceInput,
): Promise<Result<{ messageId: string }, DeliverInvoiceError>> {
  const found = await process.inTenant(async (ctx) => ({
    stored: await readFinalisedInvoice(ctx, input.invoiceId),
    pdf: await findPdf(ctx, input.invoiceId),
  }))
  if (!found.stored) return err('invoice-not-found')
  invariant(found.pdf, `sendInvoiceMail: invoice ${input.invoiceId} has no PDF yet`)
  const content = await process.ports.files.get(found.pdf.fileKey)
  invariant(content, `sendInvoiceMail: ${found.pdf.fileKey} is not in the store`)

  const { invoice } = found.stored
  const mail = await process.ports.composer.mail(invoice)
  const sent = await process.ports.mailer.send({ ...mail, ...addressed(invoice), attachments: [attachment(invoice, content)] })
  return ok(sent)
}

/** Notes that the transport took the mail. Safe to repeat. */
export function recordInvoiceDelivery(process: TenantProcess<unknown>, delivery: { messageKey: string; messageId: string }): Promise<void> {
  return process.inTenant((ctx) => acceptDelivery(ctx, delivery.messageKey, delivery.messageId))
}

/** All of it in one go, for callers that have no steps of their own. Safe to repeat: an accepted delivery is not sent again. */
export async function deliverInvoice(
  process: TenantProcess<DeliveryPorts>,
  input: InvoiceInput,
): Promise<Result<StoredPdf, StoreDocumentError>> {
  const pdf = await storeInvoicePdf(process, input)
  if (!pdf.ok) return pdf
  const delivery = await openInvoiceDelivery(process, input)
  if (!delivery.ok) return delivery
  if (delivery.value.isAccepted) return pdf
  const sent = await sendInvoiceMail(process, input)
  if (!sent.ok) return sent
  await recordInvoiceDelivery(process, { messageKey: delivery.value.messageKey, messageId: sent.value.messageId })
  return pdf
}

function addressed(invoice: FinalisedInvoice) {
  const { email, name } = invoice.buyer
  return { key: `invoice:${invoice.id}:${email}`, to: [{ name, address: email }], language: invoice.language }
}

function attachment(invoice: FinalisedInvoice, content: Uint8Array) {
  return { filename: `${invoice.number}.pdf`, contentType: 'application/pdf', content }
}
