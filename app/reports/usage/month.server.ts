import type { TenantContext } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal } from '#app/domain/money/money.ts'
import { billingMonthAt } from '#app/domain/time/billing-month.ts'
import { startOfDay } from '#app/domain/time/local-date.ts'
import type { Period } from '#app/domain/time/period.ts'
import { monthName, sellerMonth } from '../seller-month.server.ts'
import type { UsageMonth, UsageMonthFilter } from './shape.ts'

type Row = {
  resourceId: string | null
  resourceName: string | null
  meter: string
  unit: string
  unitPrice: string
  quantity: string
  amount: string
  currency: string
}

/** What each thing in the scope's accounts used in a month of the seller's zone, and what it cost, before tax. */
export async function readUsageMonth(ctx: TenantContext, filter: UsageMonthFilter): Promise<UsageMonth> {
  const seller = await sellerMonth(ctx)
  const month = /^\d{4}-\d{2}$/.test(filter.month) ? filter.month : monthName(seller.today)
  const span = billingMonthAt({ zone: seller.zone, anchorDay: 1 }, startOfDay(`${month}-01`, seller.zone))
  const rows = await readRows(ctx, span)
  const currency = rows[0]?.currency ?? seller.currency
  const days = await ctx.db.$queryRaw<{ day: string; amount: string }[]>`
    select (c.period_start at time zone ${seller.zone})::date::text as day, sum(c.amount)::text as amount
    from charges c
    where c.tenant_id = ${ctx.tenantId}::uuid and c.fee_kind = 'usage' and c.period_start >= ${span.start} and c.period_start < ${span.end}
    group by 1 order by 1`
  const [known] = await ctx.db.$queryRaw<{ months: string[] | null; asOf: Date | null }[]>`
    select array_agg(distinct charged.month order by charged.month desc) as months, max(charged.until) as "asOf"
    from (
      select to_char(c.period_start at time zone ${seller.zone}, 'YYYY-MM') as month, c.period_end as until
      from charges c where c.tenant_id = ${ctx.tenantId}::uuid and c.fee_kind = 'usage'
    ) charged`
  return {
    month,
    months: known?.months ?? [],
    rows: rows.map(({ amount, currency: code, ...row }) => ({
      ...row,
      key: `${row.resourceName ?? ''}|${row.meter}|${row.unitPrice}`,
      amount: fromDecimal(new Decimal(amount), code),
    })),
    total: fromDecimal(
      rows.reduce((sum, row) => sum.plus(row.amount), new Decimal(0)),
      currency,
    ),
    days: days.map(({ day, amount }) => ({ day, amount: fromDecimal(new Decimal(amount), currency) })),
    asOf: known?.asOf ?? null,
  }
}

async function readRows(ctx: TenantContext, span: Period): Promise<Row[]> {
  return ctx.db.$queryRaw<Row[]>`
    select min(c.resource_id::text) as "resourceId", c.resource_name as "resourceName", c.meter, c.unit,
      trim_scale(c.unit_price)::text as "unitPrice", trim_scale(sum(c.quantity))::text as quantity, sum(c.amount)::text as amount, c.currency
    from charges c
    where c.tenant_id = ${ctx.tenantId}::uuid and c.fee_kind = 'usage' and c.period_start >= ${span.start} and c.period_start < ${span.end}
    group by c.resource_name, c.meter, c.unit, c.unit_price, c.currency
    order by c.resource_name nulls last, c.meter, c.unit_price
    limit 500`
}
