import type { Decimal } from '#app/domain/money/decimal.ts'
import type { RatedCharge } from '#app/domain/rating/charge.ts'
import type { TenantContext } from './context.server.ts'
import { newId } from './ids.server.ts'

/** A fee on its way into the charges. `name` is the subscription's; null without one. */
export type NewFee = {
  readonly rated: RatedCharge
  readonly accountId: string
  readonly payerAccountId: string
  readonly name: string | null
}

/** Saves the fees that are not charged yet; their source key makes every further try harmless. */
export async function insertFees(ctx: TenantContext, fees: readonly NewFee[]): Promise<void> {
  if (fees.length === 0) return
  const text = (pick: (fee: NewFee) => string | null) => fees.map(pick)
  const number = (pick: (rated: RatedCharge) => Decimal) => fees.map((fee) => pick(fee.rated).toFixed(12))
  await ctx.db.$executeRaw`
    insert into charges (tenant_id, created_at, id, account_id, payer_account_id, contract_id, subscription_id, product_id, resource_name,
      source_key, category, class, frequency, fee_kind, meter, unit, quantity, included_quantity, billed_quantity, unit_price, amount, currency,
      price_version_id, price_rule_id, reason, period_start, period_end, billing_period)
    select ${ctx.tenantId}::uuid, ${ctx.now}, f.*
    from unnest(
      ${text(() => newId())}::uuid[], ${text((f) => f.accountId)}::uuid[], ${text((f) => f.payerAccountId)}::uuid[],
      ${text((f) => f.rated.contractId)}::uuid[], ${text((f) => f.rated.subscriptionId)}::uuid[], ${text((f) => f.rated.productId)}::uuid[],
      ${text((f) => f.name)}::text[], ${text((f) => f.rated.sourceKey)}::text[], ${text((f) => f.rated.category)}::text[],
      ${text((f) => f.rated.class)}::text[], ${text((f) => f.rated.frequency)}::text[], ${text((f) => f.rated.feeKind)}::text[],
      ${text((f) => f.rated.meter)}::text[], ${text((f) => f.rated.unit)}::text[], ${number((r) => r.quantity)}::numeric[], ${number((r) => r.includedQuantity)}::numeric[],
      ${number((r) => r.billedQuantity)}::numeric[], ${number((r) => r.unitPrice)}::numeric[], ${number((r) => r.amount)}::numeric[],
      ${text((f) => f.rated.currency)}::text[], ${text((f) => f.rated.priceVersionId)}::uuid[], ${text((f) => f.rated.priceRuleId)}::uuid[],
      ${text((f) => JSON.stringify(f.rated.reason))}::jsonb[], ${text((f) => f.rated.chargePeriod.start.toISOString())}::timestamptz[],
      ${text((f) => f.rated.chargePeriod.end.toISOString())}::timestamptz[], ${text((f) => f.rated.billingPeriod)}::date[]
    ) as f
    on conflict (tenant_id, source_key) do nothing`
}
