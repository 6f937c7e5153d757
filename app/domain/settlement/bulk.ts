import { Decimal } from '../money/decimal.ts'
import { add, fromDecimal, type Money } from '../money/money.ts'

/** Prices per unit in major units of `currency`. */
export type Wholesale = { readonly units: Decimal; readonly freeUnits: Decimal; readonly buyPrice: Decimal; readonly currency: string }

/** Model 3: `max(0, units - freeUnits) × buyPrice`, rounded once. What it was sold for is no part of it. */
export function wholesalePayable({ units, freeUnits, buyPrice, currency }: Wholesale): Money {
  return fromDecimal(Decimal.max(0, units.minus(freeUnits)).times(buyPrice), currency)
}

export type Pool = { readonly size: Decimal; readonly price: Decimal; readonly overagePrice: Decimal; readonly currency: string }

/** Model 5: the pool as bought, and what was used beyond it; each rounded once, like the lines they become. */
export function poolBill(pool: Pool, used: Decimal): { readonly bought: Money; readonly overage: Money; readonly net: Money } {
  const { size, price, overagePrice, currency } = pool
  const bought = fromDecimal(size.times(price), currency)
  const overage = wholesalePayable({ units: used, freeUnits: size, buyPrice: overagePrice, currency })
  return { bought, overage, net: add(bought, overage) }
}

/** Whether an order of `asked` units may pass: a pool with a hard cap has no room beyond its size. */
export function hasPoolRoom(input: {
  readonly size: Decimal
  readonly used: Decimal
  readonly asked: Decimal
  readonly hardCap: boolean
}): boolean {
  return !input.hardCap || input.used.plus(input.asked).lte(input.size)
}
