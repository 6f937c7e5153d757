import type { DocumentProblem } from '#app/db/documents/deliveries.server.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import type { DocumentRenderer } from '#app/ports/document-renderer.ts'
import type { EInvoiceWriter } from '#app/ports/e-invoice-writer.ts'
import type { InvoiceComposer } from '#app/ports/invoice-composer.ts'

export type DocumentPorts = { readonly renderer: DocumentRenderer; readonly eInvoices: EInvoiceWriter; readonly composer: InvoiceComposer }

/** The files of a document. Without a `pdf` it is parked, and `problems` says why. */
export type MadeDocument = {
  readonly pdf: Uint8Array | null
  /** Null where the standard cannot hold the document. */
  readonly xml: Uint8Array | null
  readonly problems: readonly DocumentProblem[]
}

/**
 * The page of a finalised document with its electronic form inside. Figures that do not agree, and facts that no schema takes, park it:
 * nothing wrong ever leaves. A currency of three decimals has no electronic form, which is noted and keeps nobody from the page.
 */
export async function makeDocument({ renderer, eInvoices, composer }: DocumentPorts, invoice: FinalisedInvoice): Promise<MadeDocument> {
  if (invoice.documentType === 'prepayment-receipt') return receiptOf({ renderer, composer }, invoice)
  const problems: DocumentProblem[] = []
  const electronic = await eInvoices.write(await composer.electronic(invoice), 'factur-x')
  if (!electronic.ok) {
    const isParked = electronic.error !== 'currency-not-representable'
    problems.push({ problem: electronic.error, detail: electronic.detail, isParked })
    if (isParked) return { pdf: null, xml: null, problems }
  }
  const pdf = await renderer.renderInvoice(await composer.document(invoice), {
    ...(electronic.ok ? { electronic: electronic.value } : {}),
    onFlaw: (detail) => problems.push({ problem: 'no-archive', detail, isParked: false }),
  })
  return { pdf, xml: electronic.ok ? Buffer.from(electronic.value, 'utf8') : null, problems }
}

/** A receipt of prepayment is no invoice: without a supply there is no tax that an electronic form could state (decision 107). */
async function receiptOf(
  { renderer, composer }: Pick<DocumentPorts, 'renderer' | 'composer'>,
  receipt: FinalisedInvoice,
): Promise<MadeDocument> {
  const problems: DocumentProblem[] = []
  const onFlaw = (detail: string) => problems.push({ problem: 'no-archive', detail, isParked: false })
  return { pdf: await renderer.renderInvoice(await composer.document(receipt), { onFlaw }), xml: null, problems }
}
