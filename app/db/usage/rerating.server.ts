import { Decimal } from '#app/domain/money/decimal.ts'
import type { ChargeSum } from '#app/domain/rating/re-rate.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'
import type { UnratedUsage } from './usage-rating.server.ts'

/** Which charges a re-rating looks at. An empty list leaves that side open; `through` is the last billing month. */
export type ReRateScope = {
  readonly priceBookIds: readonly string[]
  readonly priceVersionIds: readonly string[]
  readonly productIds: readonly string[]
  readonly meters: readonly string[]
  readonly accountIds: readonly string[]
  readonly from: LocalDate
  readonly through: LocalDate
}

/** One billing month of a contract with charges in scope, and the meters these are of. */
export type ReRateUnit = { readonly contractId: string; readonly billingPeriod: LocalDate; readonly meters: readonly string[] }

/** Contracts that may have charges in scope, in order of id after `afterId`. */
export async function contractsToReRate(
  ctx: TenantContext,
  scope: ReRateScope,
  page: { readonly afterId: string | null; readonly limit: number },
): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select c.id from contracts c
    where c.tenant_id = ${ctx.tenantId}::uuid and (${page.afterId}::uuid is null or c.id > ${page.afterId}::uuid)
      and exists (select 1 from charges h where h.tenant_id = c.tenant_id and h.contract_id = c.id
        and h.billing_period between ${scope.from}::date and ${scope.through}::date)
    order by c.id limit ${page.limit}`
  return rows.map((row) => row.id)
}

/**
 * The months of `contractIds` with charges in scope, in order of contract and month; a month of fees alone has no meters. What
 * closes a period is looked after by every billing run.
 */
export async function unitsToReRate(ctx: TenantContext, scope: ReRateScope, contractIds: readonly string[]): Promise<ReRateUnit[]> {
  const open = (ids: readonly string[]) => ids.length === 0
  return ctx.db.$queryRaw<ReRateUnit[]>`
    select c.contract_id as "contractId", c.billing_period::text as "billingPeriod",
      coalesce(array_agg(distinct c.meter) filter (where c.fee_kind = 'usage'), '{}') as meters
    from charges c
    join price_versions v on v.tenant_id = c.tenant_id and v.id = c.price_version_id
    where c.tenant_id = ${ctx.tenantId}::uuid and c.contract_id = any (${contractIds}::uuid[])
      and c.billing_period between ${scope.from}::date and ${scope.through}::date
      and (${open(scope.priceBookIds)} or v.price_book_id = any (${scope.priceBookIds}::uuid[]))
      and (${open(scope.priceVersionIds)} or c.price_version_id = any (${scope.priceVersionIds}::uuid[]))
      and (${open(scope.productIds)} or c.product_id = any (${scope.productIds}::uuid[]))
      and (${open(scope.meters)} or c.meter = any (${scope.meters}::text[]))
      and (${open(scope.accountIds)} or c.account_id = any (${scope.accountIds}::uuid[]) or c.payer_account_id = any (${scope.accountIds}::uuid[]))
    group by c.contract_id, c.billing_period
    order by c.contract_id, c.billing_period`
}

type Figure = 'unitPrice' | 'quantity' | 'includedQuantity' | 'billedQuantity' | 'amount'
type SumRow = Omit<ChargeSum, Figure> & Record<Figure, string>

/** What stands of a month's usage of its meters, added up. What a period costs without any use is not usage. */
export async function standingSums(ctx: TenantContext, unit: ReRateUnit): Promise<ChargeSum[]> {
  const rows = await ctx.db.$queryRaw<SumRow[]>`
    select c.account_id as "accountId", c.subscription_id as "subscriptionId", c.product_id as "productId", c.resource_id as "resourceId",
      c.resource_name as "resourceName", c.fee_kind as "feeKind", c.meter, c.tier, c.unit, c.price_version_id as "priceVersionId",
      c.price_rule_id as "priceRuleId", min(c.unit_price)::text as "unitPrice", sum(c.quantity)::text as quantity,
      sum(c.included_quantity)::text as "includedQuantity", sum(c.billed_quantity)::text as "billedQuantity", sum(c.amount)::text as amount,
      count(*)::int as charges, min(c.period_start) as "periodStart", max(c.period_end) as "periodEnd",
      c.billing_period::text as "billingPeriod", (array_agg(c.reason order by c.id))[1] as reason
    from charges c
    where c.tenant_id = ${ctx.tenantId}::uuid and c.contract_id = ${unit.contractId}::uuid
      and c.billing_period = ${unit.billingPeriod}::date and c.fee_kind = 'usage' and c.meter = any (${unit.meters}::text[])
      and coalesce(c.reason ->> 'kind', '') not in ('standing', 'true-up')
    group by c.account_id, c.subscription_id, c.product_id, c.resource_id, c.resource_name, c.fee_kind, c.meter, c.tier, c.unit,
      c.price_version_id, c.price_rule_id, c.billing_period
    order by c.account_id, c.subscription_id, c.price_rule_id, c.tier, c.resource_name, c.resource_id, c.product_id`
  return rows.map((row) => ({
    ...row,
    unitPrice: new Decimal(row.unitPrice),
    quantity: new Decimal(row.quantity),
    includedQuantity: new Decimal(row.includedQuantity),
    billedQuantity: new Decimal(row.billedQuantity),
    amount: new Decimal(row.amount),
  }))
}

/**
 * The usage behind a month's charges in order of id after `afterId`: of a fact that was corrected only the record that was
 * charged last, with no word of what it replaced, so that it is rated as if it had come right at once.
 */
export async function chargedUsage(
  ctx: TenantContext,
  unit: ReRateUnit,
  page: { readonly afterId: string; readonly limit: number },
): Promise<UnratedUsage[]> {
  const rows = await ctx.db.$queryRaw<(Omit<UnratedUsage, 'quantity'> & { quantity: string })[]>`
    with recursive charged as materialized (
      select distinct c.usage_record_id as id from charges c
      where c.tenant_id = ${ctx.tenantId}::uuid and c.contract_id = ${unit.contractId}::uuid
        and c.billing_period = ${unit.billingPeriod}::date and c.fee_kind = 'usage' and c.meter = any (${unit.meters}::text[])
        and c.usage_record_id is not null
    ),
    replaced as (
      select u.supersedes_id as id from charged c join usage_records u on u.tenant_id = ${ctx.tenantId}::uuid and u.id = c.id
      where u.supersedes_id is not null
      union all
      select u.supersedes_id from replaced r join usage_records u on u.tenant_id = ${ctx.tenantId}::uuid and u.id = r.id
      where u.supersedes_id is not null and not exists (select 1 from charged c where c.id = r.id)
    )
    select u.id, u.account_id as "accountId", u.meter, u.unit, u.quantity::text as quantity, null as "supersedesId",
      u.window_start as "windowStart", u.window_end as "windowEnd", u.resource_id as "resourceId", u.resource_ref as "resourceRef",
      u.resource_name as "resourceName", u.subscription_id as "subscriptionId", u.dimensions
    from charged c join usage_records u on u.tenant_id = ${ctx.tenantId}::uuid and u.id = c.id
    where u.id > ${page.afterId}::uuid and not exists (select 1 from replaced r where r.id = u.id)
    order by u.id limit ${page.limit}`
  return rows.map((row) => ({ ...row, quantity: new Decimal(row.quantity) }))
}

export type ReRatePosting = {
  readonly runId: string
  readonly contractId: string
  readonly payerAccountId: string
  readonly currency: string
  /** Taken back or charged anew; the order gives each its source key. */
  readonly sums: readonly ChargeSum[]
}

/** Saves the charges of a re-rating in one statement, class Correction. Their source keys make a second try fail as a whole. */
export async function insertReRatedCharges(ctx: TenantContext, posting: ReRatePosting): Promise<void> {
  const { runId, contractId, payerAccountId, currency, sums } = posting
  if (sums.length === 0) return
  const text = (pick: (sum: ChargeSum) => string | null) => sqlArray(sums, pick)
  const number = (pick: (sum: ChargeSum) => Decimal) => sqlArray(sums, (sum) => pick(sum).toFixed(12))
  const keys = sums.map((sum, index) => `rerate:${runId}:${contractId}:${sum.billingPeriod}:${index}`)
  await ctx.db.$executeRaw`
    insert into charges (tenant_id, created_at, contract_id, payer_account_id, currency, rerate_run_id, category, class, frequency, id,
      source_key, account_id, subscription_id, product_id, resource_id, resource_name, fee_kind, meter, tier, unit, quantity,
      included_quantity, billed_quantity, unit_price, amount, price_version_id, price_rule_id, reason, period_start, period_end, billing_period)
    select ${ctx.tenantId}::uuid, ${ctx.now}, ${contractId}::uuid, ${payerAccountId}::uuid, ${currency}, ${runId}::uuid, 'Usage', 'Correction',
      'Usage-Based', c.*
    from unnest(
      ${text(() => newId())}::uuid[], ${keys}::text[], ${text((s) => s.accountId)}::uuid[], ${text((s) => s.subscriptionId)}::uuid[],
      ${text((s) => s.productId)}::uuid[], ${text((s) => s.resourceId)}::uuid[], ${text((s) => s.resourceName)}::text[],
      ${text((s) => s.feeKind)}::text[], ${text((s) => s.meter)}::text[], ${text((s) => (s.tier === null ? null : String(s.tier)))}::smallint[],
      ${text((s) => s.unit)}::text[], ${number((s) => s.quantity)}::numeric[], ${number((s) => s.includedQuantity)}::numeric[],
      ${number((s) => s.billedQuantity)}::numeric[], ${number((s) => s.unitPrice)}::numeric[], ${number((s) => s.amount)}::numeric[],
      ${text((s) => s.priceVersionId)}::uuid[], ${text((s) => s.priceRuleId)}::uuid[], ${text((s) => JSON.stringify(s.reason))}::jsonb[],
      ${text((s) => s.periodStart.toISOString())}::timestamptz[], ${text((s) => s.periodEnd.toISOString())}::timestamptz[],
      ${text((s) => s.billingPeriod)}::date[]) as c`
}

/** Sets the counters of `priceRuleIds` in one month of a contract to nothing: what counts is written anew afterwards. */
export async function emptyCounters(
  ctx: TenantContext,
  month: { readonly contractId: string; readonly billingPeriod: LocalDate },
  priceRuleIds: readonly string[],
): Promise<void> {
  await ctx.db.$executeRaw`
    update usage_counters set consumed = 0
    where tenant_id = ${ctx.tenantId}::uuid and contract_id = ${month.contractId}::uuid and period_start = ${month.billingPeriod}::date
      and split_part(counter_key, '|', 1) <> 'carry'
      and regexp_replace(counter_key, '^.*[|]', '') = any (${priceRuleIds}::text[])`
}

/** Accounts of the charges under `sourceKeys`, with the name each was charged for. */
export async function ownersOfCharges(
  ctx: TenantContext,
  sourceKeys: readonly string[],
): Promise<ReadonlyMap<string, { readonly accountId: string; readonly name: string | null }>> {
  const rows = await ctx.db.$queryRaw<{ sourceKey: string; accountId: string; name: string | null }[]>`
    select source_key as "sourceKey", account_id as "accountId", resource_name as name from charges
    where tenant_id = ${ctx.tenantId}::uuid and source_key = any (${sourceKeys}::text[])`
  return new Map(rows.map(({ sourceKey, ...owner }) => [sourceKey, owner]))
}
