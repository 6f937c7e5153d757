import { Decimal } from '../money/decimal.ts'

export type Cost = {
  readonly cost: Decimal
  readonly quantity: Decimal
  readonly unitPrice: Decimal
  /** Whether the quantity was measured: then the price gives way where the two do not come to the cost, else the quantity does. */
  readonly isMeasured: boolean
}

/** A quantity and a price, never below zero, whose product is the cost. */
export type Priced = { readonly quantity: Decimal; readonly unitPrice: Decimal }

const storageError = new Decimal('5e-11')

/**
 * The pricing quantity and unit price of a cost. They are the charge's own where their product is the cost; of capped or tiered usage
 * the price is what a unit came to; of a part of a period the quantity is that part.
 */
export function pricedAs({ cost, quantity, unitPrice, isMeasured }: Cost): Priced {
  if (!unitPrice.isNegative() && quantity.times(unitPrice).minus(cost).abs().lte(storageError)) return { quantity, unitPrice }
  if (cost.isZero()) return quantity.isZero() ? { quantity, unitPrice: unitPrice.abs() } : { quantity, unitPrice: new Decimal(0) }
  if (!isMeasured && unitPrice.gt(0)) return { quantity: cost.div(unitPrice), unitPrice }
  if (quantity.isZero()) return { quantity: new Decimal(cost.isNegative() ? -1 : 1), unitPrice: cost.abs() }
  const price = cost.div(quantity)
  return price.isNegative() ? { quantity: quantity.negated(), unitPrice: price.negated() } : { quantity, unitPrice: price }
}
