import type { TenantContext } from '#app/db/context.server.ts'
import type { InvoiceDraft } from '#app/domain/invoice/build-invoice.ts'
import { postingsOfInvoice } from '#app/domain/ledger/postings.ts'
import { postEntries } from './post-entry.server.ts'

export type PostInvoiceInput = { readonly invoiceId: string; readonly accountId: string; readonly draft: InvoiceDraft }

/** Books finalised invoices: each buyer owes its total, against revenue and tax. One is booked once; one over nothing not at all. */
export async function postInvoices(ctx: TenantContext, inputs: readonly PostInvoiceInput[]): Promise<void> {
  const entries = inputs.map(({ invoiceId, accountId, draft }) => ({
    sourceKey: `invoice:${invoiceId}`,
    kind: 'invoice' as const,
    accountId,
    invoiceId,
    postings: postingsOfInvoice(draft),
  }))
  await postEntries(
    ctx,
    entries.filter(({ postings }) => postings.length > 0),
  )
}
