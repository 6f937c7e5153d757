import { invariant } from '../shared/invariant.ts'
import { exponentOf, isCurrency } from './currency.ts'
import { shifted } from './decimal-text.ts'

/** An amount that is owed or paid: whole minor units of one currency. */
export type Money = { readonly minor: bigint; readonly currency: string }

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

/** The exact value in major units as decimal text, e.g. `19.99`. */
export function majorText({ minor, currency }: Money): string {
  return shifted(minor, exponentOf(currency))
}

function sameCurrency(a: Money, b: Money): Money {
  invariant(a.currency === b.currency, `money: ${a.currency} and ${b.currency} do not add up`)
  return b
}
