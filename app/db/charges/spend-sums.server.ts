import type { Spend } from '#app/domain/budget/budget.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { Prisma } from '../generated/client.ts'

/** What a question about spend is answered with: amounts as the database writes them, net and unrounded, in the currency asked for. */
export type SpendRow = { readonly id: string; readonly usage: string; readonly fees: string; readonly feesToCome: string }

/**
 * Joins to a running subscription `s`, asked about by `q` (`starts_at`, `ends_at`, `currency`), the monthly fees of the month before the
 * span as `before.amount`. A span without an end, and one in which a fee was charged already, has none to come.
 */
export const monthlyFeesToCome = Prisma.sql`
  join lateral (
    select sum(c.amount) as amount from charges c
    where c.tenant_id = s.tenant_id and c.subscription_id = s.id and c.fee_kind = 'recurring' and c.currency = q.currency
      and c.period_start >= q.starts_at - interval '1 month' and c.period_start < q.starts_at
      and c.period_end - c.period_start <= interval '32 days') before on before.amount is not null
  where q.ends_at is not null and not exists (
    select from charges c where c.tenant_id = s.tenant_id and c.subscription_id = s.id and c.fee_kind = 'recurring'
      and c.period_start >= q.starts_at and c.period_start < q.ends_at)`

/** One row for each question of `asked`, from what was `charged` and what is `coming`. */
export const spendRows = Prisma.sql`
  select q.id, coalesce(c.usage, 0)::text as usage, coalesce(c.fees, 0)::text as fees, coalesce(f.fees, 0)::text as "feesToCome"
  from asked q left join charged c on c.id = q.id left join coming f on f.id = q.id`

/** The answers by the id of their question. */
export function spendById(rows: readonly SpendRow[]): Map<string, Spend> {
  return new Map(
    rows.map(({ id, usage, fees, feesToCome }) => [
      id,
      { usage: new Decimal(usage), fees: new Decimal(fees), feesToCome: new Decimal(feesToCome) },
    ]),
  )
}
