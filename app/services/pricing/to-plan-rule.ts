import type { VersionRule } from '#app/db/catalog/price-versions.server.ts'
import type { PlanRule } from '#app/domain/pricing/plan-file/plan-rules.ts'
import type { FeeInterval, PriceRule } from '#app/domain/pricing/price-rule.ts'

/** A stored price as a plan has it: without identity and origin. */
export function toPlanRule(rule: VersionRule): PlanRule {
  const { feeKind, productId, meter, unit, unitPrice, model, included, includedScope, rollsOver, cap, minimum, quantityStep, match } = rule
  const { intervalUnit, intervalCount, billingMode } = rule
  const interval = intervalUnit && intervalCount ? { unit: intervalUnit as FeeInterval['unit'], count: intervalCount } : null
  return {
    feeKind,
    productId,
    meter,
    unit,
    unitPrice,
    model,
    included,
    includedScope,
    rollsOver,
    cap,
    minimum,
    quantityStep,
    match,
    interval,
    billingMode: billingMode as PriceRule['billingMode'],
  }
}
