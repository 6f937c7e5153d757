import { addDays, type LocalDate, localDateOf } from '../time/local-date.ts'

/** How long a closing can be undone, and how long the law keeps who was billed; in days. */
export type ClosingSettings = { readonly graceDays: number; readonly retentionDays: number }

/** What a seller has that chose nothing: a month to think, and ten years of books. */
export const usualClosing: ClosingSettings = { graceDays: 30, retentionDays: 3_653 }

const dayMs = 86_400_000
const remindedDaysBefore = 3

/** Until when a closing that is asked for at `askedAt` can be undone. */
export function graceEnd(askedAt: Date, { graceDays }: ClosingSettings): Date {
  return new Date(askedAt.getTime() + graceDays * dayMs)
}

/** The seller's day from which what names a person may go: the books are kept from the end of the year in which the account was closed. */
export function eraseDay(closedAt: Date, { retentionDays, timeZone }: ClosingSettings & { readonly timeZone: string }): LocalDate {
  const lastDay = `${localDateOf(closedAt, timeZone).slice(0, 4)}-12-31`
  return addDays(lastDay, retentionDays)
}

export type ClosingStep = 'wait' | 'remind' | 'close'

export type StandingClosing = {
  readonly graceEndsAt: Date
  readonly isReminded: boolean
  /** Servers and subscriptions that have not ended yet. */
  readonly servicesLeft: number
}

/** What is to be done about an open closing at `now`. An account is closed once its grace is over and nothing runs any more. */
export function closingStep({ graceEndsAt, isReminded, servicesLeft }: StandingClosing, now: Date): ClosingStep {
  if (graceEndsAt <= now) return servicesLeft === 0 ? 'close' : 'wait'
  const remindFrom = graceEndsAt.getTime() - remindedDaysBefore * dayMs
  return !isReminded && remindFrom <= now.getTime() ? 'remind' : 'wait'
}
