import { Decimal } from '../money/decimal.ts'
import { costOf } from './models/registry.ts'
import { modelOf, type PriceRule } from './price-rule.ts'

const none = new Decimal(0)

/** What one full period costs by one rule, and what it took to get there. */
export type PeriodCost = {
  /** The quantity that counts: rounded up to whole steps. */
  readonly quantity: Decimal
  readonly includedQuantity: Decimal
  readonly billedQuantity: Decimal
  /** Major units, unrounded. */
  readonly amount: Decimal
  readonly isCapped: boolean
  /** Of `amount`, what is missing to the minimum. */
  readonly trueUp: Decimal
}

/**
 * What a full period with `quantity` costs: max(minimum, min(cap, model(quantity above the allowance))). The same sum
 * that rating and closing a period come to, for one thing in its own scope and nothing carried over.
 */
export function periodCost(rule: PriceRule, quantity: Decimal): PeriodCost {
  const counted = rule.quantityStep === null ? quantity : roundUp(quantity, rule.quantityStep)
  const billedQuantity = Decimal.max(none, counted.minus(rule.included))
  const cost = costOf(modelOf(rule), billedQuantity)
  const limited = rule.cap === null ? cost : Decimal.min(cost, rule.cap)
  const trueUp = rule.minimum === null ? none : Decimal.max(none, rule.minimum.minus(limited))
  return {
    quantity: counted,
    includedQuantity: counted.minus(billedQuantity),
    billedQuantity,
    amount: limited.plus(trueUp),
    isCapped: limited.lt(cost),
    trueUp,
  }
}

/** `quantity` rounded up to whole steps; a quantity below zero is none. */
export function roundUp(quantity: Decimal, step: Decimal): Decimal {
  if (quantity.lte(0)) return none
  const whole = quantity.divToInt(step).times(step)
  return whole.eq(quantity) ? whole : whole.plus(step)
}
