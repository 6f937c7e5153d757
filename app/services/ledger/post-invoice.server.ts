import type { TenantContext } from '#app/db/context.server.ts'
import type { InvoiceDraft } from '#app/domain/invoice/build-invoice.ts'
import { postingsOfInvoice } from '#app/domain/ledger/postings.ts'
import { postEntry } from './post-entry.server.ts'

export type PostInvoiceInput = { readonly invoiceId: string; readonly accountId: string; readonly draft: InvoiceDraft }

/** Books a finalised invoice: the buyer owes its total, against revenue and tax. One invoice is booked once; an invoice over nothing not at all. */
export async function postInvoice(ctx: TenantContext, input: PostInvoiceInput): Promise<void> {
  const postings = postingsOfInvoice(input.draft)
  if (postings.length === 0) return
  await postEntry(ctx, {
    sourceKey: `invoice:${input.invoiceId}`,
    kind: 'invoice',
    accountId: input.accountId,
    invoiceId: input.invoiceId,
    postings,
  })
}
