import { addDays, type LocalDate } from '../time/local-date.ts'

/** On which days after the due date a failed collection is tried again, unless the seller says otherwise. */
export const usualRetryDays: readonly number[] = [1, 3, 7]
const mostRetries = 6
const lastRetryDay = 60

/** The steps an invoice can have been collected at, whatever the seller's days were at the time. */
export const collectionSteps: readonly number[] = Array.from({ length: mostRetries + 1 }, (_, step) => step)

/** Days as typed, with commas between them, in order and each once; undefined for more than six, or a day beyond 1 to 60. Nothing typed: never again. */
export function typedRetryDays(text: string): number[] | undefined {
  const parts = text.split(',').flatMap((part) => part.trim() || [])
  const days = [...new Set(parts.map(Number))].sort((a, b) => a - b)
  const isInBounds = days.every((day) => Number.isInteger(day) && day >= 1 && day <= lastRetryDay)
  return isInBounds && days.length <= mostRetries ? days : undefined
}

/** Reasons that the same way to pay will meet again, however often it is tried; a payer who must confirm does so by a link. */
const forGood: ReadonlySet<string> = new Set([
  'expired-card',
  'wrong-security-code',
  'wrong-number',
  'lost-or-stolen',
  'not-supported',
  'authentication-failed',
  'authentication-required',
  'fraud-suspected',
  'bank-debit-refused',
  'gateway-refused',
])

/** One try to collect an invoice by itself: step 0 is the due date, the others are the days of the schedule. */
export type CollectionTry = {
  readonly step: number
  readonly state: 'open' | 'failed' | 'captured' | 'ended'
  readonly failureCode: string | null
  readonly paymentMethodId: string | null
}

export type Collection = {
  readonly dueDate: LocalDate
  /** The seller's day. */
  readonly today: LocalDate
  readonly tries: readonly CollectionTry[]
  /** What would be charged now. */
  readonly paymentMethodId: string
  readonly retryDays: readonly number[]
}

/**
 * The step at which an open invoice is to be collected today; null when it is not. Each step happens once, at the earliest on its day; of
 * steps that were missed only the latest is made up for. Nothing is tried while a try is open, nor again with a way to pay that was
 * declined for good.
 */
export function dueStep({ dueDate, today, tries, paymentMethodId, retryDays }: Collection): number | null {
  const reached = [0, ...retryDays].findLastIndex((days) => addDays(dueDate, days) <= today)
  if (reached < 0 || tries.some(({ step }) => step >= reached)) return null
  if (tries.some(({ state }) => state === 'open' || state === 'captured')) return null
  const isHopeless = tries.some(
    (one) => one.paymentMethodId === paymentMethodId && one.failureCode !== null && forGood.has(one.failureCode),
  )
  return isHopeless ? null : reached
}

/** Whether `today` is the day to say that a way to pay expires soon: 30 and 7 days before its last day, once each. */
export function isExpiryToTell(facts: { expiresOn: LocalDate; noticedOn: LocalDate | null; today: LocalDate }): boolean {
  const { expiresOn, noticedOn, today } = facts
  if (expiresOn < today) return false
  const reached = [30, 7].filter((days) => addDays(expiresOn, -days) <= today).map((days) => addDays(expiresOn, -days))
  const latest = reached.at(-1)
  return latest !== undefined && (noticedOn === null || noticedOn < latest)
}
