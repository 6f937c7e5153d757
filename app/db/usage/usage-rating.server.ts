import { Decimal } from '#app/domain/money/decimal.ts'
import type { UsageCounter } from '#app/domain/rating/counters.ts'
import type { TenantContext } from '../context.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** A usage record as rating reads it. */
export type UnratedUsage = {
  readonly id: string
  readonly accountId: string
  readonly meter: string
  readonly unit: string
  readonly quantity: Decimal
  readonly supersedesId: string | null
  readonly windowStart: Date
  readonly windowEnd: Date
  readonly resourceId: string | null
  readonly resourceRef: string | null
  readonly resourceName: string | null
  readonly subscriptionId: string | null
  readonly dimensions: Readonly<Record<string, string>>
}

/** What was charged of a fact before its quantity was corrected. */
export type ReplacedCharge = Pick<UnratedUsage, 'meter' | 'unit' | 'quantity' | 'dimensions'> & { readonly replacedBy: string }

/** For each of `usageIds` the nearest record before it, in the line of those it replaces, that was charged. */
export async function readReplacedCharges(ctx: TenantContext, usageIds: readonly string[]): Promise<ReplacedCharge[]> {
  if (usageIds.length === 0) return []
  const rows = await ctx.db.$queryRaw<(Omit<ReplacedCharge, 'quantity'> & { quantity: string })[]>`
    with recursive line as (
      select u.id as replaced_by, u.supersedes_id as id, 1 as distance
      from usage_records u where u.tenant_id = ${ctx.tenantId}::uuid and u.id = any (${usageIds}::uuid[])
      union all
      select l.replaced_by, u.supersedes_id, l.distance + 1
      from line l join usage_records u on u.tenant_id = ${ctx.tenantId}::uuid and u.id = l.id
      where u.supersedes_id is not null
        and not exists (select 1 from charges c where c.tenant_id = u.tenant_id and c.usage_record_id = u.id)
    )
    select distinct on (l.replaced_by) l.replaced_by as "replacedBy", u.meter, u.unit, u.quantity::text as quantity, u.dimensions
    from line l join usage_records u on u.tenant_id = ${ctx.tenantId}::uuid and u.id = l.id
    where exists (select 1 from charges c where c.tenant_id = u.tenant_id and c.usage_record_id = u.id)
    order by l.replaced_by, l.distance`
  return rows.map((row) => ({ ...row, quantity: new Decimal(row.quantity) }))
}

/** The contract an account's usage is rated under: its own, or for a department its enterprise's. */
export type RatingContract = {
  readonly accountId: string
  readonly payerAccountId: string
  readonly contractId: string
  readonly priceBookId: string
  readonly currency: string
  readonly billingAnchor: 'calendar' | 'anniversary'
  readonly billingDay: number
  readonly zone: string
  /** First day of the newest month that is invoiced already; later usage of such a month is a correction. */
  readonly invoicedUntil: string | null
}

/** Contracts of `accountIds`, locked against another rating of the same contract until this transaction ends. */
export async function lockRatingContracts(ctx: TenantContext, accountIds: readonly string[]): Promise<RatingContract[]> {
  await ctx.db.$executeRaw`
    select c.id from contracts c
    where c.tenant_id = ${ctx.tenantId}::uuid and c.account_id in (
      select coalesce(a.parent_account_id, a.id) from accounts a where a.tenant_id = ${ctx.tenantId}::uuid and a.id = any (${accountIds}::uuid[])
      union select id from unnest(${accountIds}::uuid[]) as own (id))
    order by c.id
    for no key update`
  return ctx.db.$queryRaw<RatingContract[]>`
    select a.id as "accountId", c.account_id as "payerAccountId", c.id as "contractId", c.price_book_id as "priceBookId", c.currency,
      c.billing_anchor as "billingAnchor", c.billing_day as "billingDay", t.time_zone as zone,
      (select max(i.period_start)::text from invoices i
       where i.tenant_id = c.tenant_id and i.contract_id = c.id and i.billing_run_id is not null) as "invoicedUntil"
    from accounts a
    join tenants t on t.tenant_id = a.tenant_id
    join lateral (
      select * from contracts own where own.tenant_id = a.tenant_id and own.account_id in (a.id, a.parent_account_id)
      order by own.account_id = a.id desc limit 1
    ) c on true
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = any (${accountIds}::uuid[])`
}

/** Counters of the contracts from `since` (a local date) on. */
export async function readCounters(
  ctx: TenantContext,
  contractIds: readonly string[],
  since: string,
): Promise<Map<string, UsageCounter[]>> {
  const rows = await ctx.db.$queryRaw<{ contractId: string; counterKey: string; periodStart: string; consumed: string }[]>`
    select contract_id as "contractId", counter_key as "counterKey", period_start::text as "periodStart", consumed::text as consumed
    from usage_counters
    where tenant_id = ${ctx.tenantId}::uuid and contract_id = any (${contractIds}::uuid[]) and period_start >= ${since}::date`
  const byContract = new Map<string, UsageCounter[]>()
  for (const { contractId, consumed, ...row } of rows) {
    const counters = byContract.get(contractId) ?? []
    counters.push({ ...row, consumed: new Decimal(consumed) })
    byContract.set(contractId, counters)
  }
  return byContract
}

/** Saves the counters one rating moved, with their new values. */
export async function saveCounters(
  ctx: TenantContext,
  moved: readonly { readonly contractId: string; readonly counter: UsageCounter }[],
): Promise<void> {
  if (moved.length === 0) return
  await ctx.db.$executeRaw`
    insert into usage_counters (tenant_id, contract_id, counter_key, period_start, consumed)
    select ${ctx.tenantId}::uuid, c.contract_id, c.counter_key, c.period_start, c.consumed
    from unnest(${sqlArray(moved, (m) => m.contractId)}::uuid[], ${sqlArray(moved, (m) => m.counter.counterKey)}::text[],
      ${sqlArray(moved, (m) => m.counter.periodStart)}::date[], ${sqlArray(moved, (m) => m.counter.consumed.toFixed())}::numeric(38, 12)[])
      as c (contract_id, counter_key, period_start, consumed)
    on conflict (tenant_id, contract_id, counter_key, period_start) do update set consumed = excluded.consumed`
}
