import type { Decimal } from '#app/domain/money/decimal.ts'
import type { RatedCharge } from '#app/domain/rating/charge.ts'
import type { TenantContext } from './context.server.ts'
import { newId } from './ids.server.ts'
import { sqlArray } from './sql-array.server.ts'

/** A rated charge with the rows it belongs to. `accountId` uses, `payerAccountId` pays. */
export type NewCharge = {
  readonly rated: RatedCharge
  readonly accountId: string
  readonly payerAccountId: string
  readonly usageRecordId: string | null
  readonly resourceId: string | null
  readonly resourceName: string | null
}

/**
 * Saves charges in one statement. Their source key makes the same usage rated twice fail, and the whole transaction with it:
 * counters and charges move together or not at all.
 */
export async function insertCharges(ctx: TenantContext, charges: readonly NewCharge[]): Promise<void> {
  if (charges.length === 0) return
  const text = (pick: (charge: NewCharge) => string | null) => sqlArray(charges, pick)
  const number = (pick: (rated: RatedCharge) => Decimal) => sqlArray(charges, (charge) => pick(charge.rated).toFixed(12))
  await ctx.db.$executeRaw`
    insert into charges (tenant_id, created_at, id, account_id, payer_account_id, contract_id, subscription_id, product_id, usage_record_id,
      resource_id, resource_name, source_key, category, class, frequency, fee_kind, meter, unit, quantity, included_quantity,
      billed_quantity, unit_price, amount, currency, price_version_id, price_rule_id, reason, period_start, period_end, billing_period)
    select ${ctx.tenantId}::uuid, ${ctx.now}, c.*
    from unnest(
      ${text(() => newId())}::uuid[], ${text((c) => c.accountId)}::uuid[], ${text((c) => c.payerAccountId)}::uuid[],
      ${text((c) => c.rated.contractId)}::uuid[], ${text((c) => c.rated.subscriptionId)}::uuid[], ${text((c) => c.rated.productId)}::uuid[],
      ${text((c) => c.usageRecordId)}::uuid[], ${text((c) => c.resourceId)}::uuid[], ${text((c) => c.resourceName)}::text[],
      ${text((c) => c.rated.sourceKey)}::text[], ${text((c) => c.rated.category)}::text[], ${text((c) => c.rated.class)}::text[],
      ${text((c) => c.rated.frequency)}::text[], ${text((c) => c.rated.feeKind)}::text[], ${text((c) => c.rated.meter)}::text[],
      ${text((c) => c.rated.unit)}::text[], ${number((r) => r.quantity)}::numeric[], ${number((r) => r.includedQuantity)}::numeric[],
      ${number((r) => r.billedQuantity)}::numeric[], ${number((r) => r.unitPrice)}::numeric[], ${number((r) => r.amount)}::numeric[],
      ${text((c) => c.rated.currency)}::text[], ${text((c) => c.rated.priceVersionId)}::uuid[], ${text((c) => c.rated.priceRuleId)}::uuid[],
      ${text((c) => reasonText(c.rated))}::jsonb[], ${text((c) => c.rated.chargePeriod.start.toISOString())}::timestamptz[],
      ${text((c) => c.rated.chargePeriod.end.toISOString())}::timestamptz[], ${text((c) => c.rated.billingPeriod)}::date[]
    ) as c`
}

const texts = new WeakMap<object, string>()

/** Thousands of charges share one reason object: it becomes text once. */
function reasonText(rated: RatedCharge): string {
  const known = texts.get(rated.reason)
  if (known !== undefined) return known
  const text = JSON.stringify(rated.reason)
  texts.set(rated.reason, text)
  return text
}
