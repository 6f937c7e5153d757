import { exponentOf } from '#app/domain/money/currency.ts'
import { type Money, negate, toDecimal } from '#app/domain/money/money.ts'

/** An amount for programs: major units with all decimals of the currency, a point, no sign of the currency. */
export function plainAmount(amount: Money): string {
  return toDecimal(amount).toFixed(exponentOf(amount.currency))
}

/** A sum of the books in two columns, debit and credit; one of them is empty. */
export function sidesOf(amount: Money): [string, string] {
  if (amount.minor === 0n) return ['', '']
  return amount.minor > 0n ? [plainAmount(amount), ''] : ['', plainAmount(negate(amount))]
}
