import { add, type Money, zero } from '#app/domain/money/money.ts'
import type { TrialBalanceLine } from '#app/reports/ledger/shape.ts'

export type CurrencyTotal = { readonly currency: string; readonly debit: Money; readonly credit: Money }

/** Debits and credits of each currency, in the order of the lines. */
export function totalsOf(lines: readonly TrialBalanceLine[]): CurrencyTotal[] {
  const totals = new Map<string, CurrencyTotal>()
  for (const { debit, credit } of lines) {
    const { currency } = debit
    const before = totals.get(currency) ?? { currency, debit: zero(currency), credit: zero(currency) }
    totals.set(currency, { currency, debit: add(before.debit, debit), credit: add(before.credit, credit) })
  }
  return [...totals.values()]
}
