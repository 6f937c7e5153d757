import type { InvoiceDetail } from '#app/reports/invoices/shape.ts'

export type InvoiceDeedName = 'credit' | 'reissue' | 'debit' | 'invoice' | 'uncollectible' | 'void' | 'withdraw'
type Rights = { readonly mayWrite: boolean; readonly mayVoid: boolean }

type Standing = Pick<InvoiceDetail, 'documentType' | 'status' | 'total' | 'paid' | 'credited'>

const writing: readonly InvoiceDeedName[] = ['credit', 'reissue', 'debit', 'invoice']

/** What can be done with a document as it stands. The use cases decide again; this only keeps useless buttons away. */
export function allowedDeeds(document: Standing, { mayWrite, mayVoid }: Rights): InvoiceDeedName[] {
  if (document.status === 'void') return []
  const possible = document.documentType === 'pro-forma' ? (['invoice', 'withdraw'] as const) : payableDeeds(document)
  return possible.filter((deed) => (writing.includes(deed) ? mayWrite : mayVoid))
}

function payableDeeds({ documentType, status, total, paid, credited }: Standing): InvoiceDeedName[] {
  const isInvoice = documentType === 'invoice'
  if (status === 'uncollectible' || !(isInvoice || documentType === 'debit-note')) return []
  const isUntouched = credited.minor === 0n
  const holds: [InvoiceDeedName, boolean][] = [
    ['credit', credited.minor < total.minor],
    ['reissue', isInvoice && isUntouched],
    ['debit', isInvoice],
    ['uncollectible', paid.minor < total.minor],
    ['void', isUntouched && paid.minor === 0n && total.minor > 0n],
  ]
  return holds.filter(([, isPossible]) => isPossible).map(([deed]) => deed)
}
