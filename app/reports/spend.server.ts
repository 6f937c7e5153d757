import type { TenantContext } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { Period } from '#app/domain/time/period.ts'

/** Charges of a span by kind, net and unrounded: usage grows with time, fees do not. */
export type SpendSums = { readonly usage: Decimal; readonly fees: Decimal }

/** What was charged for the service of `span`, as far as the scope sees it, in `currency`. */
export async function sumCharges(ctx: TenantContext, span: Period, currency: string): Promise<SpendSums> {
  const [sums] = await ctx.db.$queryRaw<{ usage: string; fees: string }[]>`
    select coalesce(sum(c.amount) filter (where c.fee_kind = 'usage'), 0)::text as usage,
      coalesce(sum(c.amount) filter (where c.fee_kind <> 'usage'), 0)::text as fees
    from charges c
    where c.tenant_id = ${ctx.tenantId}::uuid and c.currency = ${currency} and c.period_start >= ${span.start} and c.period_start < ${span.end}`
  return { usage: new Decimal(sums?.usage ?? 0), fees: new Decimal(sums?.fees ?? 0) }
}

/** The same by local day of `zone`, days without charges left out. */
export async function chargesByDay(
  ctx: TenantContext,
  input: { readonly span: Period; readonly currency: string; readonly zone: string },
): Promise<{ day: string; amount: Decimal }[]> {
  const rows = await ctx.db.$queryRaw<{ day: string; amount: string }[]>`
    select (c.period_start at time zone ${input.zone})::date::text as day, sum(c.amount)::text as amount
    from charges c
    where c.tenant_id = ${ctx.tenantId}::uuid and c.currency = ${input.currency}
      and c.period_start >= ${input.span.start} and c.period_start < ${input.span.end}
    group by 1 order by 1`
  return rows.map(({ day, amount }) => ({ day, amount: new Decimal(amount) }))
}

/** Rated and not invoiced, net. */
export async function sumAccrued(ctx: TenantContext, currency: string): Promise<Decimal> {
  const [row] = await ctx.db.$queryRaw<{ amount: string }[]>`
    select coalesce(sum(c.amount), 0)::text as amount from charges c
    where c.tenant_id = ${ctx.tenantId}::uuid and c.currency = ${currency} and c.invoice_id is null`
  return new Decimal(row?.amount ?? 0)
}

/** Open invoices less what was paid on them, tax included, in minor units; and how many of them are past their due date. */
export async function sumOpenInvoices(
  ctx: TenantContext,
  currency: string,
): Promise<{ openMinor: bigint; overdueMinor: bigint; overdue: number }> {
  const [row] = await ctx.db.$queryRaw<{ openMinor: bigint; overdueMinor: bigint; overdue: number }[]>`
    select coalesce(sum(i.total_minor - s.paid_minor), 0)::bigint as "openMinor",
      coalesce(sum(i.total_minor - s.paid_minor) filter (where i.due_date < (${ctx.now} at time zone t.time_zone)::date), 0)::bigint as "overdueMinor",
      (count(*) filter (where i.due_date < (${ctx.now} at time zone t.time_zone)::date))::int as overdue
    from invoices i join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
    join tenants t on t.tenant_id = i.tenant_id
    where i.tenant_id = ${ctx.tenantId}::uuid and i.currency = ${currency} and s.status in ('open', 'partly-paid', 'overdue')`
  return row ?? { openMinor: 0n, overdueMinor: 0n, overdue: 0 }
}

/** Money the buyer has in hand here, in minor units: what the ledger holds on prepaid balance and unapplied cash. */
export async function sumCredit(ctx: TenantContext, currency: string): Promise<bigint> {
  const [row] = await ctx.db.$queryRaw<{ minor: bigint }[]>`
    select coalesce(-sum(p.amount_minor), 0)::bigint as minor
    from ledger_postings p
    where p.tenant_id = ${ctx.tenantId}::uuid and p.currency = ${currency} and p.account_id is not null
    having sum(p.amount_minor) < 0`
  return row?.minor ?? 0n
}
