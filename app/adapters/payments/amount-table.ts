import { exponentOf, isCurrency } from '#app/domain/money/currency.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { AmountProblem } from '#app/ports/payment-gateway.ts'

/** How a gateway counts a currency: in units of 10^-decimals, of which an amount is a whole multiple of `step`. */
export type AmountRow = { readonly decimals: number; readonly step: bigint }
export type AmountTable = Readonly<Record<string, AmountRow>>

/** The same row for each of `currencies` (codes between spaces). */
export function rowsOf(currencies: string, row: AmountRow): AmountTable {
  return Object.fromEntries(currencies.split(' ').map((currency) => [currency, row]))
}

/** `amount` in the gateway's units; refused when it cannot be said exactly. */
export function unitsOf(table: AmountTable, { minor, currency }: Money): Result<bigint, AmountProblem> {
  const row = table[currency]
  if (!row) return err('currency-not-offered')
  const { numerator, denominator } = ratioOf(row, currency)
  const scaled = minor * numerator
  if (scaled % denominator !== 0n) return err('amount-not-representable')
  const units = scaled / denominator
  return units % row.step === 0n ? ok(units) : err('amount-not-representable')
}

/** Whether a seller offers a currency; none named are all. */
export function isOffered({ currencies }: { readonly currencies: readonly string[] }, { currency }: Money): boolean {
  return currencies.length === 0 || currencies.includes(currency)
}

/** What `units` of the gateway are worth. @throws InvariantError for a currency outside the table, or less than our smallest coin. */
export function moneyOf(table: AmountTable, units: bigint, currency: string): Money {
  const row = table[currency]
  invariant(row && isCurrency(currency), `a gateway spoke of ${currency}, which is not in its table`)
  const { numerator, denominator } = ratioOf(row, currency)
  const scaled = units * denominator
  invariant(scaled % numerator === 0n, `a gateway spoke of ${units} units of ${currency}, which is no whole amount`)
  return money(scaled / numerator, currency)
}

function ratioOf({ decimals }: AmountRow, currency: string) {
  const shift = decimals - exponentOf(currency)
  return { numerator: 10n ** BigInt(Math.max(shift, 0)), denominator: 10n ** BigInt(Math.max(-shift, 0)) }
}
