import type { TenantContext } from '#app/db/context.server.ts'
import { money } from '#app/domain/money/money.ts'
import type { InvoicePosting } from './shape.ts'

type Row = Omit<InvoicePosting, 'amount'> & { currency: string; amountMinor: bigint }

const postingsAtMost = 200

/** How an invoice stands in the books, oldest entry first, debits before credits, each by account. Empty for an invoice over nothing. */
export async function readInvoicePostings(ctx: TenantContext, invoiceId: string): Promise<InvoicePosting[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select p.id, p.entry_id as "entryId", a.code, p.currency, p.amount_minor as "amountMinor", e.booked_on::text as "bookedOn"
    from ledger_entries e
    join ledger_postings p on p.tenant_id = e.tenant_id and p.entry_id = e.id
    join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id
    where e.tenant_id = ${ctx.tenantId}::uuid and e.invoice_id = ${invoiceId}::uuid
    order by e.booked_on, e.id, (p.amount_minor > 0) desc, a.code limit ${postingsAtMost}`
  return rows.map(({ currency, amountMinor, ...row }) => ({ ...row, amount: money(amountMinor, currency) }))
}
