import { invariant } from '../shared/invariant.ts'
import { exponentOf, isCurrency } from './currency.ts'
import { Decimal } from './decimal.ts'

/** An amount that is owed or paid: whole minor units of one currency. */
export type Money = { readonly minor: bigint; readonly currency: string }

/** Minor units in a major one, by the decimals of the currency. */
const minorUnits = [0, 1, 2, 3].map((decimals) => new Decimal(10).pow(decimals))

/** `minor` units of `currency`, e.g. `money(1999n, 'EUR')` is 19.99 EUR. */
export function money(minor: bigint, currency: string): Money {
  invariant(isCurrency(currency), `money: ${currency} is not a currency`)
  return { minor, currency }
}

/** Nothing, in `currency`. */
export function zero(currency: string): Money {
  return money(0n, currency)
}

/** `a + b`. @throws InvariantError when the currencies differ. */
export function add(a: Money, b: Money): Money {
  return money(a.minor + sameCurrency(a, b).minor, a.currency)
}

/** `a - b`. @throws InvariantError when the currencies differ. */
export function subtract(a: Money, b: Money): Money {
  return money(a.minor - sameCurrency(a, b).minor, a.currency)
}

/** The same amount owed the other way round. */
export function negate(a: Money): Money {
  return money(-a.minor, a.currency)
}

/** The sum of `amounts`, all in `currency`. @throws InvariantError when one is not. */
export function sum(currency: string, amounts: readonly Money[]): Money {
  return amounts.reduce(add, zero(currency))
}

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

function sameCurrency(a: Money, b: Money): Money {
  invariant(a.currency === b.currency, `money: ${a.currency} and ${b.currency} do not add up`)
  return b
}
