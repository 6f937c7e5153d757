import { exponentOf } from './currency.ts'
import { Decimal } from './decimal.ts'
import { type Money, money } from './whole-money.ts'

// biome-ignore lint/performance/noBarrelFile: two halves of one thing; pages that only show prices take whole money, without the library for decimals
export { add, type Money, money, negate, subtract, sum, zero } from './whole-money.ts'

/** Minor units in a major one, by the decimals of the currency. */
const minorUnits = [0, 1, 2, 3].map((decimals) => new Decimal(10).pow(decimals))

/** The exact decimal value in major units, e.g. 19.99. */
export function toDecimal(a: Money): Decimal {
  return new Decimal(`${a.minor}e-${exponentOf(a.currency)}`)
}

/**
 * The one place where a running amount becomes Money: `amount` in major units, rounded half away from
 * zero to the minor unit of `currency` (B2, B3).
 */
export function fromDecimal(amount: Decimal, currency: string): Money {
  const minor = amount.times(minorUnits[exponentOf(currency)] ?? 1).toDecimalPlaces(0, Decimal.ROUND_HALF_UP)
  return money(BigInt(minor.toFixed(0)), currency)
}

/** `a × factor`, rounded once, half away from zero. */
export function multiply(a: Money, factor: Decimal): Money {
  return fromDecimal(toDecimal(a).times(factor), a.currency)
}
