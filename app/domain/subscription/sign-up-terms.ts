import type { FeeTime } from '../invoice/fee-time.ts'
import { exponentOf } from '../money/currency.ts'
import { type Money, money } from '../money/money.ts'
import type { LocalDate } from '../time/local-date.ts'

export const signUpUnits = ['month', 'year'] as const
export const signUpAnchors = ['calendar', 'anniversary'] as const
export const signUpModes = ['postpaid', 'prepaid'] as const

/** By which terms a seller takes new customers. Limits in minor units by currency. */
export type SignUpTerms = {
  readonly unit: (typeof signUpUnits)[number]
  readonly count: number
  /** Cycles of the calendar, or from the day of the sign-up on. */
  readonly anchor: (typeof signUpAnchors)[number]
  readonly fees: FeeTime
  readonly paymentDays: number
  readonly mode: (typeof signUpModes)[number]
  readonly limits: Readonly<Record<string, bigint>>
}

/** The usual: by the calendar month, fees after their period, 14 days to pay, and a small limit until staff have seen the account. */
export const usualSignUpTerms: SignUpTerms = {
  unit: 'month',
  count: 1,
  anchor: 'calendar',
  fees: 'in-arrears',
  paymentDays: 14,
  mode: 'postpaid',
  limits: {},
}

/**
 * Debt a new buyer may run up: as the terms say for the currency, else 50 whole units of it. None for who pays ahead.
 */
export function startingLimit(terms: SignUpTerms, currency: string): Money {
  if (terms.mode === 'prepaid') return money(0n, currency)
  return money(terms.limits[currency] ?? 50n * 10n ** BigInt(exponentOf(currency)), currency)
}

/** What a contract made on `today`, a day of the seller's zone, says of these terms. */
export function contractBySignUp(terms: SignUpTerms, { currency, today }: { readonly currency: string; readonly today: LocalDate }) {
  const { unit, count, anchor, fees, paymentDays, mode } = terms
  return {
    cycleUnit: unit,
    cycleCount: count,
    cycleDay: anchor === 'anniversary' ? Number(today.slice(8)) : null,
    feesInAdvance: fees !== 'in-arrears',
    invoicesOrders: fees === 'with-order',
    paymentDays,
    paymentMode: mode,
    creditLimitMinor: startingLimit(terms, currency).minor,
  }
}
