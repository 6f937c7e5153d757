import type { Decimal } from '#app/domain/money/decimal.ts'
import { modelTerms } from '#app/domain/pricing/models/registry.ts'
import type { PriceRule } from '#app/domain/pricing/price-rule.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** How a sell price was made out of a buy price, kept beside it. `exchange` is the rate that was used, with source and date. */
export type PriceBasis = {
  readonly buyPrice?: string
  readonly buyCurrency?: string
  readonly markup?: Readonly<Record<string, string>>
  /** Percent off the list that a partner level has. */
  readonly level?: { readonly percent: string }
  readonly exchange?: { readonly from: string; readonly rate: string; readonly source: string; readonly date: string }
}

/** A price on its way into a version. */
export type NewPriceRule = Omit<PriceRule, 'id' | 'priceVersionId' | 'layer' | 'exchange' | 'validFrom' | 'validTo'> & {
  readonly basis?: PriceBasis | null
}

export type PriceRulesInput = { readonly priceVersionId: string; readonly isPublic: boolean; readonly rules: readonly NewPriceRule[] }

/** Saves the prices of a version in one statement. `isPublic` as the version: whether visitors of the store see them. */
export async function insertPriceRules(ctx: TenantContext, { priceVersionId, isPublic, rules }: PriceRulesInput): Promise<void> {
  if (rules.length === 0) return
  const text = (pick: (rule: NewPriceRule) => string | null) => sqlArray(rules, pick)
  const figure = (pick: (rule: NewPriceRule) => Decimal | null) => sqlArray(rules, (rule) => pick(rule)?.toFixed() ?? null)
  await ctx.db.$executeRaw`
    insert into price_rules (tenant_id, price_version_id, is_public, id, fee_kind, product_id, meter, unit, unit_price, included, cap, match,
      model, terms, minimum, quantity_step, included_scope, rolls_over, interval_unit, interval_count, billing_mode, basis)
    select ${ctx.tenantId}::uuid, ${priceVersionId}::uuid, ${isPublic}, r.*
    from unnest(${text(() => newId())}::uuid[], ${text((r) => r.feeKind)}::text[], ${text((r) => r.productId)}::uuid[],
      ${text((r) => r.meter)}::text[], ${text((r) => r.unit)}::text[], ${figure((r) => r.unitPrice)}::numeric[],
      ${figure((r) => r.included)}::numeric[], ${figure((r) => r.cap)}::numeric[], ${text((r) => JSON.stringify(r.match))}::jsonb[],
      ${text((r) => r.model.kind)}::text[], ${text((r) => JSON.stringify(r.model.kind === 'per-unit' ? {} : modelTerms(r.model)))}::jsonb[],
      ${figure((r) => r.minimum)}::numeric[], ${figure((r) => r.quantityStep)}::numeric[], ${text((r) => r.includedScope)}::text[],
      ${text((r) => String(r.rollsOver))}::boolean[], ${text((r) => r.interval?.unit ?? null)}::text[],
      ${text((r) => r.interval?.count.toString() ?? null)}::int[], ${text((r) => r.billingMode)}::text[],
      ${text((r) => (r.basis ? JSON.stringify(r.basis) : null))}::jsonb[]) as r`
}
