import type { Money } from '#app/domain/money/money.ts'

/** The sum of all postings in one currency: anything but zero is an alarm. */
export type LedgerImbalance = { readonly imbalance: Money; readonly entries: number }

/** One ledger account in one currency: debits, credits (positive) and their difference. */
export type TrialBalanceLine = {
  readonly code: string
  readonly kind: 'asset' | 'liability' | 'income' | 'expense'
  readonly debit: Money
  readonly credit: Money
  readonly balance: Money
}
