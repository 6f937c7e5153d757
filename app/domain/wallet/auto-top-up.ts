import type { Money } from '../money/money.ts'

/** What is charged by itself: `amount` as soon as the balance is below `threshold`, at most `monthlyCap` in a month of the seller's zone. */
export type AutoTopUpRule = { readonly threshold: Money; readonly amount: Money; readonly monthlyCap: Money }
export type AutoTopUpProblem = 'threshold-below-zero' | 'amount-not-positive' | 'cap-below-amount'

/** Why a rule cannot stand; null when it can. All three are in one currency. */
export function ruleProblem({ threshold, amount, monthlyCap }: AutoTopUpRule): AutoTopUpProblem | null {
  if (threshold.minor < 0n) return 'threshold-below-zero'
  if (amount.minor <= 0n) return 'amount-not-positive'
  return monthlyCap.minor < amount.minor ? 'cap-below-amount' : null
}

/** Whether a balance is charged for now: it is below the threshold, and the month has room for one more. */
export function isTopUpDue(
  { threshold, amount, monthlyCap }: AutoTopUpRule,
  { balance, charged }: { balance: Money; charged: Money },
): boolean {
  return balance.minor < threshold.minor && charged.minor + amount.minor <= monthlyCap.minor
}
