import type { TenantContext } from '#app/db/context.server.ts'
import { readDefersFrom } from '#app/db/ledger/deferral.server.ts'
import { type BookMonth, bookMonthOf } from '#app/domain/ledger/accounting-period.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** What a month earns of fees that were invoiced before it; `isEarned` once it has begun and was given all of it. */
export type DeferredMonth = { readonly month: BookMonth; readonly amount: Money; readonly isEarned: boolean }

/** From which day on documents are deferred, null when they are not, and what that leaves to each month. */
export type Deferral = { readonly from: LocalDate | null; readonly months: readonly DeferredMonth[] }

/** The seller's deferral as it stands on `today`. */
export async function readDeferral(ctx: TenantContext, today: LocalDate): Promise<Deferral> {
  return { from: await readDefersFrom(ctx), months: await listDeferredMonths(ctx, today) }
}

const monthsAtMost = 72

/** What each month earns by deferral, per currency, from a year ago on: months in order, at most six years of them. */
async function listDeferredMonths(ctx: TenantContext, today: LocalDate): Promise<DeferredMonth[]> {
  const thisMonth = bookMonthOf(today)
  const rows = await ctx.db.$queryRaw<{ month: BookMonth; currency: string; amount: string; released: string }[]>`
    with released as (
      select split_part(e.source_key, ':', 2) as month, p.currency, sum(p.amount_minor) as amount
      from ledger_entries e
      join ledger_postings p on p.tenant_id = e.tenant_id and p.entry_id = e.id
      join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id and starts_with(a.code, 'deferred-revenue.')
      where e.tenant_id = ${ctx.tenantId}::uuid and e.kind = 'deferral' and starts_with(e.source_key, 'deferral-release:')
      group by 1, 2
    ), months as (
      select to_char(p.month, 'YYYY-MM') as month, p.currency, sum(p.amount_minor) as amount from deferred_parts p
      where p.tenant_id = ${ctx.tenantId}::uuid and p.month >= ${`${thisMonth}-01`}::date - interval '1 year'
      group by p.month, p.currency
    )
    select m.month, m.currency, m.amount::text as amount, coalesce(r.amount, 0)::text as released
    from months m left join released r on r.month = m.month and r.currency = m.currency
    where m.amount <> 0 or r.amount <> 0 order by m.currency, m.month limit ${monthsAtMost}`
  return rows.map(({ month, currency, amount, released }) => ({
    month,
    amount: money(BigInt(amount), currency),
    isEarned: month <= thisMonth && released === amount,
  }))
}
