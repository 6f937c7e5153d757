import type { TenantContext } from '#app/db/context.server.ts'
import { type Money, money } from '#app/domain/money/money.ts'

/** What a buyer has that settles nothing yet: money of a payment, named by its day, or the rest of a credit note, by its number. */
export type UnusedMoney = { readonly kind: 'payment' | 'credit'; readonly id: string; readonly name: string; readonly left: Money }

type Row = Omit<UnusedMoney, 'left'> & { currency: string; leftMinor: bigint }

/** Unapplied payments and unused credit of a buyer in `currency`, credit first, oldest first; at most 200. */
export async function listUnusedMoney(ctx: TenantContext, accountId: string, currency: string): Promise<UnusedMoney[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select kind, id, name, currency, "leftMinor" from (
      select 'credit' as kind, i.id, i.number as name, i.currency, s.total_minor - s.paid_minor as "leftMinor", i.issue_date as day
      from invoices i join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
      where i.tenant_id = ${ctx.tenantId}::uuid and i.account_id = ${accountId}::uuid and i.document_type = 'credit-note'
        and s.status <> 'void' and s.paid_minor < s.total_minor
      union all
      select 'payment', p.id, p.received_on::text, p.currency, p.amount_minor - p.allocated_minor - p.refunded_minor, p.received_on
      from payments p
      where p.tenant_id = ${ctx.tenantId}::uuid and p.account_id = ${accountId}::uuid
        and p.allocated_minor + p.refunded_minor < p.amount_minor) u
    where currency = ${currency} order by kind, day, id limit 200`
  return rows.map(({ currency: code, leftMinor, ...facts }) => ({ ...facts, left: money(leftMinor, code) }))
}
