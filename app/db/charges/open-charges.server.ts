import type { BillableItem } from '#app/domain/invoice/billable-item.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import type { RatedCharge } from '#app/domain/rating/charge.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { type ChargeReach, isInReach, reachRows, thing } from './charge-reach.server.ts'

/** Open charges of one thing billed to one contract, added up in the database. */
export type ChargeGroup = {
  readonly contractId: string
  /** The contract whose prices it has. */
  readonly ratedUnder: string
  /** Whether a re-rating made some of it. */
  readonly isReRated: boolean
  readonly item: BillableItem
}

type ShownBefore = NonNullable<BillableItem['shownBefore']>

/** A group as it travels: one array for each, since the client turns every column of a row over by itself. Numbers are texts, instants milliseconds. */
type GroupValues = readonly [
  key: string,
  ratedUnder: string,
  accountId: string,
  subscriptionId: string | null,
  productId: string | null,
  resourceName: string | null,
  resources: number,
  feeKind: BillableItem['feeKind'],
  meter: string | null,
  unit: string,
  quantity: string,
  includedQuantity: string,
  billedQuantity: string,
  unitPrice: string,
  amount: string,
  currency: string,
  periodStart: number,
  periodEnd: number,
  billingPeriod: LocalDate,
  charges: number,
  isReRated: boolean,
]

/** Open charges of some contracts, and on which days of the zone that was named each contract used anything, in order. */
export type OpenCharges = { readonly groups: ChargeGroup[]; readonly usageDays: ReadonlyMap<string, readonly LocalDate[]> }

/** Open charges in `reach`, one group per thing. Who holds the contracts may invoice them: charges become open or taken under that lock. */
export async function openChargeGroups(ctx: TenantContext, reach: readonly ChargeReach[]): Promise<ChargeGroup[]> {
  return (await openCharges(ctx, reach, null)).groups
}

/** The same with the days of the contracts' own usage in `zone`; of none without a zone. */
export async function openCharges(ctx: TenantContext, reach: readonly ChargeReach[], zone: string | null): Promise<OpenCharges> {
  if (reach.length === 0) return { groups: [], usageDays: new Map() }
  const rows = await ctx.db.$queryRaw<{ contractId: string; groups: readonly GroupValues[]; days: readonly LocalDate[] | null }[]>`
    with ${reachRows(ctx, reach, () => null)}, open as materialized (
      select r.contract_id as billed_to, ${thing} as key, c.contract_id, c.account_id, c.subscription_id, c.product_id, c.resource_name,
        coalesce(c.resource_id::text, c.resource_name) as resource, c.fee_kind, c.meter, c.unit, c.quantity, c.included_quantity, c.billed_quantity,
        c.unit_price, c.amount, c.currency, c.period_start, c.period_end, c.billing_period, c.rerate_run_id,
        case when c.fee_kind = 'usage' and r.source_id = r.contract_id then (c.period_start at time zone ${zone}::text)::date end as day
      from charges c, r where ${isInReach(ctx, reach)}
    ), groups as (
      select o.billed_to, o.key, json_build_array(o.key, o.contract_id, o.account_id, o.subscription_id, min(o.product_id::text),
        case when count(distinct o.resource_name) = 1 then min(o.resource_name) end, count(distinct o.resource), o.fee_kind, o.meter, o.unit,
        sum(o.quantity)::text, sum(o.included_quantity)::text, sum(o.billed_quantity)::text, min(o.unit_price)::text, sum(o.amount)::text, o.currency,
        (extract(epoch from min(o.period_start)) * 1000)::bigint, (extract(epoch from max(o.period_end)) * 1000)::bigint, o.billing_period, count(*),
        bool_or(o.rerate_run_id is not null)) as group_values
      from open o
      group by o.billed_to, o.key, o.contract_id, o.account_id, o.subscription_id, o.fee_kind, o.meter, o.unit, o.currency, o.billing_period
    ), used as (select billed_to, json_agg(distinct day order by day) as days from open where day is not null group by billed_to)
    select g.billed_to as "contractId", g.groups, u.days
    from (select billed_to, json_agg(group_values order by key) as groups from groups group by billed_to) g
    left join used u on u.billed_to = g.billed_to
    order by g.billed_to`
  return {
    groups: rows.flatMap(({ contractId, groups }) => groups.map((values) => toGroup(contractId, values))),
    usageDays: new Map(rows.map(({ contractId, days }) => [contractId, days ?? []])),
  }
}

function toGroup(contractId: string, values: GroupValues): ChargeGroup {
  const [key, ratedUnder, accountId, subscriptionId, productId, resourceName, resources, feeKind, meter, unit, ...figures] = values
  const [
    quantity,
    includedQuantity,
    billedQuantity,
    unitPrice,
    amount,
    currency,
    periodStart,
    periodEnd,
    billingPeriod,
    charges,
    isReRated,
  ] = figures
  const item = {
    key,
    accountId,
    subscriptionId,
    productId,
    resourceName,
    resources,
    feeKind,
    meter,
    unit,
    quantity: new Decimal(quantity),
    includedQuantity: new Decimal(includedQuantity),
    billedQuantity: new Decimal(billedQuantity),
    unitPrice: new Decimal(unitPrice),
    amount: new Decimal(amount),
    currency,
    periodStart: new Date(periodStart),
    periodEnd: new Date(periodEnd),
    billingPeriod,
    charges,
  }
  return { contractId, ratedUnder, isReRated, item }
}

/** The item that a fee is which is not saved yet: the key is the charge's own. */
export function itemOfFee(fee: RatedCharge, accountId: string, resourceName: string | null): BillableItem {
  return {
    key: fee.sourceKey,
    accountId,
    subscriptionId: fee.subscriptionId,
    productId: fee.productId,
    resourceName,
    resources: 1,
    feeKind: fee.feeKind,
    meter: fee.meter,
    unit: fee.unit,
    quantity: fee.quantity,
    includedQuantity: fee.includedQuantity,
    billedQuantity: fee.billedQuantity,
    unitPrice: fee.unitPrice,
    amount: fee.amount,
    currency: fee.currency,
    periodStart: fee.chargePeriod.start,
    periodEnd: fee.chargePeriod.end,
    billingPeriod: fee.billingPeriod,
    charges: 1,
  }
}

/** For each of `groups` of which earlier invoices have a part: what they took, unrounded, and showed (B4). */
export async function shownBefore(ctx: TenantContext, groups: readonly ChargeGroup[]): Promise<Map<string, ShownBefore>> {
  if (groups.length === 0) return new Map()
  const rows = await ctx.db.$queryRaw<{ key: string; currency: string; amount: string; shown: string }[]>`
    with earlier as (
      select ${thing} as key, c.currency, sum(c.amount) as amount, c.invoice_line_id
      from charges c
      where c.tenant_id = ${ctx.tenantId}::uuid and c.contract_id = any (${distinct(groups.map((group) => group.ratedUnder))}::uuid[])
        and c.billing_period = any (${distinct(groups.map(({ item }) => item.billingPeriod))}::date[])
        and c.invoice_id is not null and c.fee_kind = 'usage'
      group by 1, c.currency, c.invoice_line_id
    )
    select e.key, e.currency, sum(e.amount)::text as amount, coalesce(sum(l.net_minor), 0)::text as shown
    from earlier e
    left join invoice_lines l on l.tenant_id = ${ctx.tenantId}::uuid and l.id = e.invoice_line_id
    where e.key = any (${groups.map(({ item }) => item.key)}::text[])
    group by e.key, e.currency`
  return new Map(rows.map((row) => [row.key, { amount: new Decimal(row.amount), shown: money(BigInt(row.shown), row.currency) }]))
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)]
}
