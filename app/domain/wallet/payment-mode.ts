import type { LocalDate } from '../time/local-date.ts'

/** When a contract pays: after use, ahead of it, or not yet. */
export const paymentModes = ['postpaid', 'prepaid', 'trial'] as const
export type PaymentMode = (typeof paymentModes)[number]

/** What an order must know: whether it needs money in hand, and why nothing may be ordered at all. */
export type OrderTerms = { readonly needsBalance: boolean; readonly blockedBy: 'trial-over' | null }

/**
 * What a mode asks of an order on `today`, a day of the seller's zone. Prepaid has no limit to spend, whatever the contract says; a trial spends
 * the credit it was given, and ends with its last day.
 */
export function orderTermsOf(facts: { mode: PaymentMode; trialEndsOn: LocalDate | null; today: LocalDate }): OrderTerms {
  const isOver = facts.mode === 'trial' && facts.trialEndsOn !== null && facts.trialEndsOn < facts.today
  return { needsBalance: facts.mode !== 'postpaid', blockedBy: isOver ? 'trial-over' : null }
}

export type PaymentModeProblem = 'trial-end-missing' | 'trial-end-in-past'

/** Why a contract may not get a mode; null when it may. */
export function whyNotInMode(facts: { mode: PaymentMode; trialEndsOn: LocalDate | null; today: LocalDate }): PaymentModeProblem | null {
  if (facts.mode !== 'trial') return null
  if (facts.trialEndsOn === null) return 'trial-end-missing'
  return facts.trialEndsOn < facts.today ? 'trial-end-in-past' : null
}
