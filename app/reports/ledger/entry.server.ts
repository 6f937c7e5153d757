import type { TenantContext } from '#app/db/context.server.ts'
import { whyNotReversible } from '#app/domain/ledger/entry-kind.ts'
import { money } from '#app/domain/money/money.ts'
import type { EntryDetail, EntryPosting } from './shape.ts'

type PostingRow = Omit<EntryPosting, 'amount'> & { currency: string; minor: bigint }

/** One entry with its postings, debits first; undefined when the tenant has no such entry. */
export async function readEntryDetail(ctx: TenantContext, id: string): Promise<EntryDetail | undefined> {
  const [row] = await ctx.db.$queryRaw<Omit<EntryDetail, 'postings' | 'notReversible'>[]>`
    select e.id, e.booked_on::text as "bookedOn", e.kind, e.account_id as "accountId", c.name as "buyerName", e.invoice_id as "invoiceId",
      i.number as document, e.created_at as "createdAt", e.source_key as "sourceKey", e.reason, e.reverses_id as "reversesId",
      (select r.id from ledger_entries r where r.tenant_id = e.tenant_id and r.reverses_id = e.id) as "reversedById"
    from ledger_entries e
    left join accounts c on c.tenant_id = e.tenant_id and c.id = e.account_id
    left join invoices i on i.tenant_id = e.tenant_id and i.id = e.invoice_id
    where e.tenant_id = ${ctx.tenantId}::uuid and e.id = ${id}::uuid`
  if (!row) return undefined
  const postings = await ctx.db.$queryRaw<PostingRow[]>`
    select p.id, a.code, p.account_id as "accountId", c.name as "buyerName", p.currency, p.amount_minor as minor
    from ledger_postings p
    join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id
    left join accounts c on c.tenant_id = p.tenant_id and c.id = p.account_id
    where p.tenant_id = ${ctx.tenantId}::uuid and p.entry_id = ${id}::uuid
    order by (p.amount_minor > 0) desc, a.code, p.id`
  return {
    ...row,
    notReversible: whyNotReversible({ kind: row.kind, isReversed: row.reversedById !== null }),
    postings: postings.map(({ minor, currency, ...posting }) => ({ ...posting, amount: money(minor, currency) })),
  }
}
