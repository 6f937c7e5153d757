import type { BillableItem } from '#app/domain/invoice/billable-item.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import type { RatedCharge } from '#app/domain/rating/charge.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from './context.server.ts'
import { Prisma } from './generated/client.ts'
import { billedTo } from './payers.server.ts'
import { sqlArray } from './sql-array.server.ts'

/**
 * Which open charges a run takes from a contract: usage of billing months that began by `usageThrough` and itself before
 * `usageUntil`, and fees also of the month that begins at the end.
 */
export type ChargeReach = {
  readonly contractId: string
  /** The contracts of others that are billed to this one; null where nobody of the seller's accounts pays for another. */
  readonly paysFor: readonly string[] | null
  readonly usageThrough: LocalDate
  readonly usageUntil: Date
  readonly feesThrough: LocalDate
}

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

/**
 * The thing a charge stands for. A fee is its own; usage is one thing per user, subscription, price, tier and month, so that
 * what comes late can be told from what was shown before. Hours of many resources without a subscription are one thing.
 */
const thing = Prisma.sql`case when c.fee_kind = 'usage'
  then concat_ws('|', c.account_id, coalesce(c.subscription_id::text, '-'), c.meter, c.price_rule_id, c.billing_period, c.tier)
  else c.source_key end`

/**
 * Not of days whose charges are shown and owed in another way than by invoice: `r` knows whether its contract ever had such days, so that
 * the charges of others are not looked at one by one.
 */
const isInvoiced = Prisma.sql`(not r.is_settled or not exists (select 1 from settlement_terms n where n.tenant_id = c.tenant_id
  and n.contract_id = c.contract_id and n.state = 'agreed' and n.model <> 'invoiced' and n.valid_from <= c.billing_period
  and (n.valid_to is null or n.valid_to > c.billing_period)))`

/** A reach for each contract whose charges are billed to `contractId`, itself included. */
function sourcesOf<Reach extends ChargeReach>(reach: readonly Reach[]): (Reach & { readonly sourceId: string })[] {
  return reach.flatMap((each) => [each.contractId, ...(each.paysFor ?? [])].map((sourceId) => ({ ...each, sourceId })))
}

/** Only charges that are billed to the contract asked for: a look at each of them that sellers without such payers are spared. */
const isBilledHere = (reach: readonly ChargeReach[]) =>
  reach.some(({ paysFor }) => paysFor !== null) ? Prisma.sql`and ${billedTo} = r.contract_id` : Prisma.empty

/** A fee that falls due as the period ends is of that invoice where fees are paid in advance, else of the next one. */
const isDueWithin = Prisma.sql`(c.billing_period < r.fees_through or c.fee_kind = 'usage' or exists (
  select from contracts k where k.tenant_id = c.tenant_id and k.id = c.contract_id and k.fees_in_advance))`

/** The contracts in `reach` as the relation `r`, each with the invoice that takes its charges where there is one. */
function reachRows<Reach extends ChargeReach>(ctx: TenantContext, reach: readonly Reach[], invoiceOf: (reach: Reach) => string | null) {
  const sources = sourcesOf(reach)
  const text = (pick: (source: (typeof sources)[number]) => string | null) => sqlArray(sources, pick)
  return Prisma.sql`r as materialized (
    select u.*, exists (select 1 from settlement_terms n where n.tenant_id = ${ctx.tenantId}::uuid and n.contract_id = u.source_id
      and n.state = 'agreed' and n.model <> 'invoiced') as is_settled
    from unnest(${text((r) => r.sourceId)}::uuid[], ${text((r) => r.contractId)}::uuid[], ${text(invoiceOf)}::uuid[],
      ${text((r) => r.usageThrough)}::date[], ${text((r) => r.usageUntil.toISOString())}::timestamptz[], ${text((r) => r.feesThrough)}::date[])
      as u (source_id, contract_id, invoice_id, usage_through, usage_until, fees_through))`
}

/** Whether the charge `c` is open and within `r`. */
const isInReach = (ctx: TenantContext, reach: readonly ChargeReach[]) => Prisma.sql`
  c.tenant_id = ${ctx.tenantId}::uuid and c.contract_id = r.source_id and c.invoice_id is null and c.billing_period <= r.fees_through and ${isDueWithin}
    and (c.fee_kind <> 'usage' or (c.billing_period <= r.usage_through and c.period_start < r.usage_until))
    and ${isInvoiced} ${isBilledHere(reach)}`

/** Open charges in `reach`, one group per thing. Who holds the contracts may invoice them: charges become open or taken under that lock. */
export async function openChargeGroups(ctx: TenantContext, reach: readonly ChargeReach[]): Promise<ChargeGroup[]> {
  if (reach.length === 0) return []
  const rows = await ctx.db.$queryRaw<{ contractId: string; groups: readonly GroupValues[] }[]>`
    with ${reachRows(ctx, reach, () => null)}, open as materialized (
      select r.contract_id as billed_to, ${thing} as key, c.contract_id, c.account_id, c.subscription_id, c.product_id, c.resource_name,
        coalesce(c.resource_id::text, c.resource_name) as resource, c.fee_kind, c.meter, c.unit, c.quantity, c.included_quantity, c.billed_quantity,
        c.unit_price, c.amount, c.currency, c.period_start, c.period_end, c.billing_period, c.rerate_run_id
      from charges c, r where ${isInReach(ctx, reach)}
    ), groups as (
      select o.billed_to, o.key, json_build_array(o.key, o.contract_id, o.account_id, o.subscription_id, min(o.product_id::text),
        case when count(distinct o.resource_name) = 1 then min(o.resource_name) end, count(distinct o.resource), o.fee_kind, o.meter, o.unit,
        sum(o.quantity)::text, sum(o.included_quantity)::text, sum(o.billed_quantity)::text, min(o.unit_price)::text, sum(o.amount)::text, o.currency,
        (extract(epoch from min(o.period_start)) * 1000)::bigint, (extract(epoch from max(o.period_end)) * 1000)::bigint, o.billing_period, count(*),
        bool_or(o.rerate_run_id is not null)) as group_values
      from open o
      group by o.billed_to, o.key, o.contract_id, o.account_id, o.subscription_id, o.fee_kind, o.meter, o.unit, o.currency, o.billing_period
    )
    select billed_to as "contractId", json_agg(group_values order by key) as groups from groups group by billed_to order by billed_to`
  return rows.flatMap(({ contractId, groups }) => groups.map((values) => toGroup(contractId, values)))
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

/** `lineId` is null for a thing that is settled without a line. */
export type TakenGroup = { readonly key: string; readonly lineId: string | null }

/** What one invoice takes of a contract's open charges. */
export type TakenCharges = { readonly reach: ChargeReach; readonly invoiceId: string; readonly groups: readonly TakenGroup[] }

/**
 * Ties every open charge in reach to its invoice and line. Returns how many there were: callers hold the contracts since they counted them,
 * and another number means that one belongs to no group.
 */
export async function markInvoiced(ctx: TenantContext, taken: readonly TakenCharges[]): Promise<number> {
  // A look-up in one JSON object costs the same for each charge, however many lines there are; a join would try every pair. The object is
  // read once: of a parameter the planner would do it again for every charge.
  const byKey = taken.flatMap(({ reach, groups }) => groups.map(({ key, lineId }) => [`${reach.contractId} ${key}`, lineId] as const))
  const reaches = taken.map(({ reach, invoiceId }) => ({ ...reach, invoiceId }))
  return ctx.db.$executeRaw`
    with lines as materialized (select ${JSON.stringify(Object.fromEntries(byKey))}::jsonb as by_key),
      ${reachRows(ctx, reaches, ({ invoiceId }) => invoiceId)}
    update charges c
    set invoice_id = r.invoice_id, invoice_line_id = (lines.by_key ->> (r.contract_id || ' ' || (${thing})))::uuid
    from lines, r where ${isInReach(ctx, reaches)}`
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)]
}
