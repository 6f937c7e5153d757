import type { RatedCharge } from '#app/domain/rating/charge.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** A rated charge with the rows it belongs to. `accountId` uses, `payerAccountId` pays. */
export type NewCharge = {
  readonly rated: RatedCharge
  readonly accountId: string
  readonly payerAccountId: string
  readonly usageRecordId: string | null
  readonly resourceId: string | null
  readonly resourceName: string | null
}

/** How charges are saved. */
export type Saving = {
  /** The re-rating they come from. */
  readonly rerateRunId?: string
  /** What stands under a source key already stays, in place of the whole transaction failing. */
  readonly keepsFormer?: boolean
}

/**
 * Saves charges in one statement. Their source key makes the same usage rated twice fail, and the whole transaction with it:
 * counters and charges move together or not at all. What thousands of charges have in common travels once: whose they are,
 * what price they were taken at, and when. Outer joins, so that the planner expects as many rows as there are charges: it
 * would otherwise expect one and compare every charge with everything.
 */
export async function insertCharges(ctx: TenantContext, charges: readonly NewCharge[], saving: Saving = {}): Promise<void> {
  if (charges.length === 0) return
  const owners = openShelf<NewCharge>()
  const prices = openShelf<RatedCharge>()
  const spans = openShelf<RatedCharge>()
  const text = (pick: (charge: NewCharge) => string | null) => sqlArray(charges, pick)
  const owner = (pick: (charge: NewCharge) => string | null) => sqlArray(owners.kept, pick)
  const price = (pick: (rated: RatedCharge) => string | null) => sqlArray(prices.kept, pick)
  const span = (pick: (rated: RatedCharge) => string) => sqlArray(spans.kept, pick)
  const numbers = {
    owner: text((c) => owners.numberOf(ownerKey(c), c)),
    price: text((c) => prices.numberOf(priceKey(c.rated), c.rated)),
    span: text((c) => spans.numberOf(spanKey(c.rated), c.rated)),
  }
  await ctx.db.$executeRaw`
    insert into charges (tenant_id, created_at, rerate_run_id, id, usage_record_id, source_key, quantity, included_quantity, billed_quantity, amount,
      account_id, payer_account_id, contract_id, subscription_id, product_id, resource_id, resource_name,
      category, class, frequency, fee_kind, meter, tier, unit, unit_price, currency, price_version_id, price_rule_id, reason,
      period_start, period_end, billing_period)
    select ${ctx.tenantId}::uuid, ${ctx.now}, ${saving.rerateRunId ?? null}::uuid, c.id, c.usage_record_id, c.source_key, c.quantity, c.included,
      c.billed, c.amount,
      o.account_id, o.payer_account_id, o.contract_id, o.subscription_id, o.product_id, o.resource_id, o.resource_name,
      p.category, p.class, p.frequency, p.fee_kind, p.meter, p.tier, p.unit, p.unit_price, p.currency, p.price_version_id, p.price_rule_id,
      p.reason, s.period_start, s.period_end, s.billing_period
    from unnest(${text(() => newId())}::uuid[], ${text((c) => c.usageRecordId)}::uuid[], ${text((c) => c.rated.sourceKey)}::text[],
      ${text((c) => c.rated.quantity.toFixed())}::numeric[], ${text((c) => c.rated.includedQuantity.toFixed())}::numeric[],
      ${text((c) => c.rated.billedQuantity.toFixed())}::numeric[], ${text((c) => c.rated.amount.toFixed())}::numeric[],
      ${numbers.owner}::bigint[], ${numbers.price}::bigint[], ${numbers.span}::bigint[])
      as c (id, usage_record_id, source_key, quantity, included, billed, amount, owner, price, span)
    left join unnest(${owner((c) => c.accountId)}::uuid[], ${owner((c) => c.payerAccountId)}::uuid[], ${owner((c) => c.rated.contractId)}::uuid[],
      ${owner((c) => c.rated.subscriptionId)}::uuid[], ${owner((c) => c.rated.productId)}::uuid[], ${owner((c) => c.resourceId)}::uuid[],
      ${owner((c) => c.resourceName)}::text[]) with ordinality
      as o (account_id, payer_account_id, contract_id, subscription_id, product_id, resource_id, resource_name, number) on o.number = c.owner
    left join unnest(${price((r) => r.category)}::text[], ${price((r) => r.class)}::text[], ${price((r) => r.frequency)}::text[],
      ${price((r) => r.feeKind)}::text[], ${price((r) => r.meter)}::text[], ${price((r) => r.tier?.toString() ?? null)}::smallint[],
      ${price((r) => r.unit)}::text[], ${price((r) => r.unitPrice.toFixed())}::numeric[], ${price((r) => r.currency)}::text[],
      ${price((r) => r.priceVersionId)}::uuid[], ${price((r) => r.priceRuleId)}::uuid[], ${price(reasonText)}::jsonb[]) with ordinality
      as p (category, class, frequency, fee_kind, meter, tier, unit, unit_price, currency, price_version_id, price_rule_id, reason, number)
      on p.number = c.price
    left join unnest(${span((r) => r.chargePeriod.start.toISOString())}::timestamptz[], ${span((r) => r.chargePeriod.end.toISOString())}::timestamptz[],
      ${span((r) => r.billingPeriod)}::date[]) with ordinality
      as s (period_start, period_end, billing_period, number) on s.number = c.span
    ${saving.keepsFormer ? Prisma.sql`on conflict (tenant_id, source_key) do nothing` : Prisma.empty}`
}

/** What a key stands for, kept once. */
type Shelf<T> = {
  readonly kept: T[]
  /** Number of the first that had `key`, from 1; `item` is kept when there was none. */
  numberOf(key: string, item: T): string
}

function openShelf<T>(): Shelf<T> {
  const kept: T[] = []
  const numbers = new Map<string, string>()
  return {
    kept,
    numberOf(key, item) {
      const known = numbers.get(key)
      if (known !== undefined) return known
      const number = String(kept.push(item))
      numbers.set(key, number)
      return number
    },
  }
}

function ownerKey({ rated, accountId, payerAccountId, resourceId, resourceName }: NewCharge): string {
  return `${accountId}|${payerAccountId}|${rated.contractId}|${rated.subscriptionId}|${rated.productId}|${resourceId}|${resourceName}`
}

/** The reason stands for itself by its number: thousands of charges share one object. */
function priceKey(rated: RatedCharge): string {
  const { category, feeKind, frequency, meter, unit, currency, tier, priceRuleId, reason, unitPrice } = rated
  return `${category}|${rated.class}|${frequency}|${feeKind}|${meter}|${tier}|${unit}|${currency}|${priceRuleId}|${reasonOf(reason).number}|${unitPrice.toFixed()}`
}

function spanKey({ chargePeriod, billingPeriod }: RatedCharge): string {
  return `${chargePeriod.start.getTime()}|${chargePeriod.end.getTime()}|${billingPeriod}`
}

type KnownReason = { readonly number: number; readonly text: string }
const reasons = new WeakMap<RatedCharge['reason'], KnownReason>()
let reasonsSeen = 0

/** A reason becomes text once, however many charges share it. */
function reasonOf(reason: RatedCharge['reason']): KnownReason {
  const known = reasons.get(reason)
  if (known) return known
  reasonsSeen += 1
  const made = { number: reasonsSeen, text: JSON.stringify(reason) }
  reasons.set(reason, made)
  return made
}

function reasonText({ reason }: RatedCharge): string {
  return reasonOf(reason).text
}
