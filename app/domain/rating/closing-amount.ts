import { Decimal } from '../money/decimal.ts'
import { costOf, type PriceModel } from '../pricing/models/registry.ts'

const none = new Decimal(0)

export type ClosingFacts = {
  readonly model: PriceModel
  /** The least that a full period costs; null: no commitment. */
  readonly minimum: Decimal | null
  /** The allowance and cap of the period, shortened and enlarged as its usage was rated by them. */
  readonly included: Decimal
  readonly cap: Decimal | null
  /** What was used in the period, free units included. */
  readonly consumed: Decimal
  /** The part of an amount for a full period that belongs to the time the price was in force for the buyer. */
  readonly share: (whole: Decimal) => Decimal
}

export type ClosingAmount = {
  /** What is due without any use, such as the flat price of a first tier (B14). */
  readonly standing: Decimal
  /** What is missing to the minimum. */
  readonly trueUp: Decimal
  /** What the period comes to without the true-up. */
  readonly reached: Decimal
}

/**
 * What a period costs beside its usage, in major units, unrounded. Both are targets: whoever charges them takes off what
 * was charged before, so that late usage lowers a true-up that is charged already.
 */
export function closingAmount({ model, minimum, included, cap, consumed, share }: ClosingFacts): ClosingAmount {
  const limited = (cost: Decimal) => (cap === null ? cost : Decimal.min(cost, cap))
  const idle = limited(costOf(model, none))
  const used = limited(costOf(model, Decimal.max(none, consumed.minus(included)))).minus(idle)
  const standing = share(idle)
  const reached = standing.plus(used)
  const trueUp = minimum === null ? none : Decimal.max(none, share(minimum).minus(reached))
  return { standing, trueUp, reached }
}
