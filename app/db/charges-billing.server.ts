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

/** Open charges of one thing billed to one contract, added up in the database; `ratedUnder` is whose prices they have. */
export type ChargeGroup = BillableItem & { readonly contractId: string; readonly ratedUnder: string }

type Numbers = 'quantity' | 'includedQuantity' | 'billedQuantity' | 'unitPrice' | 'amount'
type ShownBefore = NonNullable<BillableItem['shownBefore']>
type GroupRow = Omit<ChargeGroup, Numbers> & Record<Numbers, string>

/**
 * The thing a charge stands for. A fee is its own; usage is one thing per user, subscription, price, tier and month, so that
 * what comes late can be told from what was shown before. Hours of many resources without a subscription are one thing.
 */
const thing = Prisma.sql`case when c.fee_kind = 'usage'
  then concat_ws('|', c.account_id, coalesce(c.subscription_id::text, '-'), c.meter, c.price_rule_id, c.billing_period, c.tier)
  else c.source_key end`

/** Not of days whose charges are shown and owed in another way than by invoice. */
const isInvoiced = Prisma.sql`not exists (select 1 from settlement_terms n where n.tenant_id = c.tenant_id and n.contract_id = c.contract_id
  and n.state = 'agreed' and n.model <> 'invoiced' and n.valid_from <= c.billing_period and (n.valid_to is null or n.valid_to > c.billing_period))`

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

const inReach = (ctx: TenantContext, reach: readonly ChargeReach[]) => {
  const sources = sourcesOf(reach)
  return Prisma.sql`
  from charges c
  join unnest(${sources.map((r) => r.sourceId)}::uuid[], ${sources.map((r) => r.contractId)}::uuid[],
      ${sources.map((r) => r.usageThrough)}::date[], ${sources.map((r) => r.usageUntil)}::timestamptz[],
      ${sources.map((r) => r.feesThrough)}::date[])
    as r (source_id, contract_id, usage_through, usage_until, fees_through) on r.source_id = c.contract_id
  where c.tenant_id = ${ctx.tenantId}::uuid and c.invoice_id is null and c.billing_period <= r.fees_through and ${isDueWithin}
    and (c.fee_kind <> 'usage' or (c.billing_period <= r.usage_through and c.period_start < r.usage_until))
    and ${isInvoiced} ${isBilledHere(reach)}`
}

/** Open charges in `reach`, one group per thing. Who holds the contracts may invoice them: charges become open or taken under that lock. */
export async function openChargeGroups(ctx: TenantContext, reach: readonly ChargeReach[]): Promise<ChargeGroup[]> {
  if (reach.length === 0) return []
  const rows = await ctx.db.$queryRaw<GroupRow[]>`
    with open as materialized (
      select c.*, r.contract_id as billed_to, ${thing} as key ${inReach(ctx, reach)}
    )
    select o.key, o.billed_to as "contractId", o.contract_id as "ratedUnder", o.account_id as "accountId", o.subscription_id as "subscriptionId",
      min(o.product_id::text) as "productId", case when count(distinct o.resource_name) = 1 then min(o.resource_name) end as "resourceName",
      count(distinct coalesce(o.resource_id::text, o.resource_name))::int as resources, o.fee_kind as "feeKind", o.meter, o.unit,
      sum(o.quantity)::text as quantity, sum(o.included_quantity)::text as "includedQuantity", sum(o.billed_quantity)::text as "billedQuantity",
      min(o.unit_price)::text as "unitPrice", sum(o.amount)::text as amount, o.currency, min(o.period_start) as "periodStart",
      max(o.period_end) as "periodEnd", o.billing_period::text as "billingPeriod", count(*)::int as charges,
      bool_or(o.rerate_run_id is not null) as "isReRated"
    from open o
    group by o.key, o.billed_to, o.contract_id, o.account_id, o.subscription_id, o.fee_kind, o.meter, o.unit, o.currency, o.billing_period
    order by o.billed_to, o.key`
  return rows.map(toGroup)
}

function toGroup(row: GroupRow): ChargeGroup {
  return {
    ...row,
    quantity: new Decimal(row.quantity),
    includedQuantity: new Decimal(row.includedQuantity),
    billedQuantity: new Decimal(row.billedQuantity),
    unitPrice: new Decimal(row.unitPrice),
    amount: new Decimal(row.amount),
  }
}

/** The group a fee that is not saved yet will form: the key is the charge's own. */
export function groupOfFee(fee: RatedCharge, accountId: string, resourceName: string | null): ChargeGroup {
  return {
    key: fee.sourceKey,
    contractId: fee.contractId,
    ratedUnder: fee.contractId,
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
    isReRated: false,
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
        and c.billing_period = any (${distinct(groups.map((group) => group.billingPeriod))}::date[])
        and c.invoice_id is not null and c.fee_kind = 'usage'
      group by 1, c.currency, c.invoice_line_id
    )
    select e.key, e.currency, sum(e.amount)::text as amount, coalesce(sum(l.net_minor), 0)::text as shown
    from earlier e
    left join invoice_lines l on l.tenant_id = ${ctx.tenantId}::uuid and l.id = e.invoice_line_id
    where e.key = any (${groups.map((group) => group.key)}::text[])
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
  const reaches = sourcesOf(taken.map(({ reach, invoiceId }) => ({ ...reach, invoiceId })))
  return ctx.db.$executeRaw`
    with lines as materialized (select ${JSON.stringify(Object.fromEntries(byKey))}::jsonb as by_key)
    update charges c
    set invoice_id = r.invoice_id, invoice_line_id = (lines.by_key ->> (r.contract_id || ' ' || (${thing})))::uuid
    from lines, unnest(${sqlArray(reaches, (r) => r.sourceId)}::uuid[], ${sqlArray(reaches, (r) => r.contractId)}::uuid[], ${sqlArray(reaches, (r) => r.invoiceId)}::uuid[],
      ${sqlArray(reaches, (r) => r.usageThrough)}::date[], ${sqlArray(reaches, (r) => r.usageUntil.toISOString())}::timestamptz[],
      ${sqlArray(reaches, (r) => r.feesThrough)}::date[]) as r (source_id, contract_id, invoice_id, usage_through, usage_until, fees_through)
    where c.tenant_id = ${ctx.tenantId}::uuid and c.contract_id = r.source_id and c.invoice_id is null
      and c.billing_period <= r.fees_through and ${isDueWithin}
      and (c.fee_kind <> 'usage' or (c.billing_period <= r.usage_through and c.period_start < r.usage_until))
    and ${isInvoiced} ${isBilledHere(reaches)}`
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)]
}
