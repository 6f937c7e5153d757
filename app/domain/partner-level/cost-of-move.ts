import { Decimal } from '../money/decimal.ts'
import { fromDecimal, type Money, subtract } from '../money/money.ts'
import type { DiscountScope } from '../promo/discount.ts'
import { type LevelDiscount, percentAt } from './level-discount.ts'

/** What one reseller was charged of one scope and product group, all at the same percentage off the list. Exact, in major units. */
export type ChargedSum = {
  readonly scope: DiscountScope | null
  readonly productGroup: string | null
  readonly amount: Decimal
  /** The percentage that was off the list; null for prices of the contract's own, which no level touches. */
  readonly percent: Decimal | null
}

/** `difference` is what the reseller would have paid more; below zero it would have paid less. */
export type MoveCost = {
  readonly before: Money
  readonly after: Money
  readonly difference: Money
  /** Some of it was free of charge by a discount of 100 %: what it would have cost is not known. */
  readonly isIncomplete: boolean
}

const hundred = new Decimal(100)

/**
 * The same charges at another level's percentages: each sum back to the list, then down again. Worked out exactly and rounded
 * once per total, half away from zero.
 */
export function costOfMove(
  sums: readonly ChargedSum[],
  target: { readonly discounts: readonly LevelDiscount[]; readonly at: Date; readonly currency: string },
): MoveCost {
  const { discounts, at, currency } = target
  let [before, after, isIncomplete] = [new Decimal(0), new Decimal(0), false]
  for (const { scope, productGroup, amount, percent } of sums) {
    before = before.plus(amount)
    if (percent === null || percent.eq(hundred)) {
      after = after.plus(amount)
      if (percent !== null) isIncomplete = true
    } else {
      const share = hundred.minus(percentAt(discounts, { scope, productGroup, at }))
      after = after.plus(amount.times(share).div(hundred.minus(percent)))
    }
  }
  const [paid, would] = [fromDecimal(before, currency), fromDecimal(after, currency)]
  return { before: paid, after: would, difference: subtract(would, paid), isIncomplete }
}
