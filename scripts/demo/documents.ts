import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import { inTenant } from '#app/wiring.server.ts'
import { openedCopy } from './opened-copy.ts'

/** The files of one document, as paths; `xml` is what travels inside the PDF. Null while they are not made, or cannot be. */
export type DocumentSummary = {
  readonly type: DocumentType | 'statement' | 'payout'
  /** Of a statement: its currency, its first and its last day; of a payout's: its reseller and the day it was made for. */
  readonly number: string
  readonly pdf: string | null
  readonly xml: string | null
}

type Row = { type: DocumentType; number: string; pdf: string | null; xml: string | null }

/** Every document a seller of the demo has issued, in order of type and number. */
export async function readDocuments(tenantId: string): Promise<DocumentSummary[]> {
  const rows = await inTenant(
    tenantId,
    ({ db }) => db.$queryRaw<Row[]>`
    select i.document_type as type, i.number, p.file_key as pdf, x.file_key as xml
    from invoices i
    left join documents p on p.tenant_id = i.tenant_id and p.invoice_id = i.id and p.format = 'pdf'
    left join documents x on x.tenant_id = i.tenant_id and x.invoice_id = i.id and x.format = 'cii'
    where i.tenant_id = ${tenantId}::uuid order by i.document_type, i.year, i.sequence limit 1000`,
  )
  const opened: DocumentSummary[] = []
  for (const { pdf, xml, ...row } of rows) opened.push({ ...row, pdf: await openedCopy(pdf), xml: await openedCopy(xml) })
  return opened
}
