import type { TenantContext } from '#app/db/context.server.ts'
import { postingsOfInvoice } from '#app/domain/ledger/postings.ts'
import { type DeferrableInvoice, deferFees } from './defer-fees.server.ts'
import { postEntries } from './post-entry.server.ts'

/**
 * Books finalised invoices: each buyer owes its total, against revenue and tax, and what later months earn of the revenue is deferred.
 * One is booked once; one over nothing not at all.
 */
export async function postInvoices(ctx: TenantContext, invoices: readonly DeferrableInvoice[]): Promise<void> {
  const entries = invoices.map(({ invoiceId, accountId, draft }) => ({
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
  await deferFees(ctx, invoices)
}
