import { Decimal } from '../money/decimal.ts'

const none = new Decimal(0)

/** What one price takes for a month: `included` units are free, the rest cost `unitPrice` each, at most `cap` together. */
export type PerUnitTerms = { readonly unitPrice: Decimal; readonly included: Decimal; readonly cap: Decimal | null }

export type PerUnitShare = {
  readonly includedQuantity: Decimal
  readonly billedQuantity: Decimal
  /** Major units, unrounded. */
  readonly amount: Decimal
  readonly isCapped: boolean
}

/** `quantity` at its price when nothing is free and nothing is capped. */
export function rateEachUnit(unitPrice: Decimal, quantity: Decimal): PerUnitShare {
  return { includedQuantity: none, billedQuantity: quantity, amount: quantity.times(unitPrice), isCapped: false }
}

/**
 * The share of a month that falls to `quantity`, when `consumed` was counted before it: what the month costs with it
 * less what it cost without. So the shares of any cut and any order add up to the price of the sum, and a negative
 * quantity, a correction, gives back exactly what it had cost.
 */
export function ratePerUnit(terms: PerUnitTerms, counted: { consumed: Decimal; quantity: Decimal }): PerUnitShare {
  const billedBefore = above(counted.consumed, terms.included)
  const billedAfter = above(counted.consumed.plus(counted.quantity), terms.included)
  const billedQuantity = billedAfter.minus(billedBefore)
  const includedQuantity = counted.quantity.minus(billedQuantity)
  const uncapped = billedQuantity.times(terms.unitPrice)
  if (terms.cap === null) return { includedQuantity, billedQuantity, amount: uncapped, isCapped: false }

  const before = Decimal.min(billedBefore.times(terms.unitPrice), terms.cap)
  const after = Decimal.min(billedAfter.times(terms.unitPrice), terms.cap)
  const amount = after.minus(before)
  return { includedQuantity, billedQuantity, amount, isCapped: !amount.eq(uncapped) }
}

function above(consumed: Decimal, included: Decimal): Decimal {
  return consumed.gt(included) ? consumed.minus(included) : none
}
