import { Decimal } from '../../money/decimal.ts'
import type { FeeInterval, PriceRule } from '../price-rule.ts'
import type { PlanFee, PlanFile, PlanUsagePrice } from './plan-file.ts'

/** A price of a plan on its way into a version: everything but its identity and validity. */
export type PlanRule = Omit<PriceRule, 'id' | 'priceVersionId' | 'layer' | 'exchange' | 'validFrom' | 'validTo'>

const none = new Decimal(0)

/** The prices of a plan, fees first; `productId` is the plan's product, null for a rate card. In the plan's currency, unrounded. */
export function planRules(plan: PlanFile, productId: string | null): PlanRule[] {
  return [...plan.fees.map((fee) => feeRule(fee, productId)), ...plan.usage.map((price) => usageRule(price, productId))]
}

const plain = {
  included: none,
  includedScope: 'subscription',
  rollsOver: false,
  cap: null,
  minimum: null,
  quantityStep: null,
  match: {},
  model: { kind: 'per-unit' },
} as const satisfies Partial<PlanRule>

function feeRule({ kind, price, every, mode }: PlanFee, productId: string | null): PlanRule {
  const interval: FeeInterval | null = every ?? null
  const unit = kind === 'recurring' ? (interval?.unit ?? 'month') : 'once'
  return { ...plain, feeKind: kind, productId, meter: null, unit, unitPrice: price, interval, billingMode: mode ?? null }
}

function usageRule(price: PlanUsagePrice, productId: string | null): PlanRule {
  const { meter, unit, match = {}, model } = price
  return {
    feeKind: 'usage',
    productId,
    meter,
    unit,
    match,
    unitPrice: model.kind === 'per-unit' ? model.params.unitPrice : none,
    model: model.kind === 'per-unit' ? { kind: 'per-unit' } : model,
    included: price.included ?? none,
    includedScope: price.includedScope ?? 'subscription',
    rollsOver: price.rollsOver ?? false,
    cap: price.cap ?? null,
    minimum: price.minimum ?? null,
    quantityStep: price.quantityStep ?? null,
    interval: null,
    billingMode: null,
  }
}
