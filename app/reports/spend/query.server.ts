import type { TenantContext } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { billingMonthAt } from '#app/domain/time/billing-month.ts'
import type { Spend } from './shape.ts'

type Sums = { usage: string; fees: string }

/**
 * What the accounts in scope have run up this calendar month of the seller's zone, beside what is due. The forecast takes usage on at
 * its pace so far and fees as they are.
 */
export async function readSpend(ctx: TenantContext, accountId: string): Promise<Spend | null> {
  const [contract] = await ctx.db.$queryRaw<{ id: string; currency: string; zone: string }[]>`
    select c.id, c.currency, t.time_zone as zone
    from accounts a join contracts c on c.tenant_id = a.tenant_id and c.account_id in (a.id, a.parent_account_id)
    join tenants t on t.tenant_id = a.tenant_id
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = ${accountId}::uuid
    order by c.account_id = a.id desc
    limit 1`
  if (!contract) return null
  const month = billingMonthAt({ zone: contract.zone, anchorDay: 1 }, ctx.now)
  const before = billingMonthAt({ zone: contract.zone, anchorDay: 1 }, new Date(month.start.getTime() - 1))

  const [now, last, days, dueMinor] = [
    await sumCharges(ctx, contract.id, accountId, month),
    await sumCharges(ctx, contract.id, accountId, before),
    await byDay(ctx, contract, accountId, month),
    await sumDue(ctx, contract.id, accountId),
  ]
  const elapsed = Math.max(ctx.now.getTime() - month.start.getTime(), 1)
  const pace = new Decimal(month.end.getTime() - month.start.getTime()).div(elapsed)
  return {
    currency: contract.currency,
    monthToDate: new Decimal(now.usage).plus(now.fees).toFixed(),
    lastMonth: new Decimal(last.usage).plus(last.fees).toFixed(),
    forecast: new Decimal(now.usage).times(pace).plus(now.fees).toDecimalPlaces(2).toFixed(),
    dueMinor,
    days,
  }
}

type Span = { start: Date; end: Date }

async function sumCharges(ctx: TenantContext, contractId: string, accountId: string, month: Span): Promise<Sums> {
  const [sums] = await ctx.db.$queryRaw<Sums[]>`
    select coalesce(sum(c.amount) filter (where c.fee_kind = 'usage'), 0)::text as usage,
      coalesce(sum(c.amount) filter (where c.fee_kind <> 'usage'), 0)::text as fees
    from charges c
    where c.tenant_id = ${ctx.tenantId}::uuid and c.contract_id = ${contractId}::uuid
      and (c.account_id = ${accountId}::uuid or c.payer_account_id = ${accountId}::uuid)
      and c.period_start >= ${month.start} and c.period_start < ${month.end}`
  return sums ?? { usage: '0', fees: '0' }
}

async function byDay(ctx: TenantContext, contract: { id: string; zone: string }, accountId: string, month: Span): Promise<Spend['days']> {
  return ctx.db.$queryRaw<{ day: string; amount: string }[]>`
    select (c.period_start at time zone ${contract.zone})::date::text as day, sum(c.amount)::text as amount
    from charges c
    where c.tenant_id = ${ctx.tenantId}::uuid and c.contract_id = ${contract.id}::uuid
      and (c.account_id = ${accountId}::uuid or c.payer_account_id = ${accountId}::uuid)
      and c.period_start >= ${month.start} and c.period_start < ${month.end}
    group by 1
    order by 1`
}

async function sumDue(ctx: TenantContext, contractId: string, accountId: string): Promise<bigint> {
  const [due] = await ctx.db.$queryRaw<{ minor: bigint }[]>`
    select coalesce(sum(i.total_minor - s.paid_minor), 0)::bigint as minor
    from invoices i join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
    where i.tenant_id = ${ctx.tenantId}::uuid and i.contract_id = ${contractId}::uuid and i.account_id = ${accountId}::uuid
      and s.status in ('open', 'partly-paid', 'overdue')`
  return due?.minor ?? 0n
}
