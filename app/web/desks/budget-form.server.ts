import { z } from 'zod'
import { type HardStop, hardStops, thresholds } from '#app/domain/budget/budget.ts'
import type { Money } from '#app/domain/money/money.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { line } from '../request/form-fields.ts'

const tick = z.literal('on').optional()

/** The fields every form of a budget has. */
export const budgetFields = {
  name: line(80),
  amount: line(30),
  tellsForecast: tick,
  allowsOver: tick,
  at50: tick,
  at80: tick,
  at100: tick,
  hardStop: z.enum(hardStops),
  confirmation: z.string().trim().max(200).optional(),
}

type Typed = z.output<z.ZodObject<typeof budgetFields>>

export type TypedBudget = {
  readonly name: string
  readonly amount: Money
  readonly thresholds: readonly number[]
  readonly tellsForecast: boolean
  readonly allowsOver: boolean
  readonly hardStop: HardStop
}

/**
 * What a form says of a budget in `currency`; the code of the first wrong field otherwise. Stopping anything has to be confirmed by typing
 * the name of the account, unless the budget stops that already.
 */
export function budgetOf(
  form: Typed,
  { currency, confirmWith, stopped }: { currency: string; confirmWith: string; stopped: HardStop },
): TypedBudget | { readonly fields: Readonly<Record<string, string>> } {
  const amount = typedAmount(form.amount, currency)
  if (!amount || amount.minor <= 0n) return { fields: { amount: amount ? 'not-positive' : 'amount' } }
  const { name, hardStop } = form
  if (hardStop !== 'none' && hardStop !== stopped && form.confirmation !== confirmWith) return { fields: { confirmation: 'name-differs' } }
  return {
    name,
    amount,
    hardStop,
    tellsForecast: form.tellsForecast === 'on',
    allowsOver: form.allowsOver === 'on',
    thresholds: thresholds.filter((share) => form[`at${share}`] === 'on'),
  }
}

/** At which field a refusal is said. */
export const budgetFieldOf = {
  'budget-not-found': 'name',
  'account-not-found': 'accountId',
  'wrong-currency': 'amount',
  'more-than-parent': 'amount',
  'less-than-shares': 'amount',
  'project-not-found': 'scope',
  'stop-not-for-label': 'hardStop',
} as const
