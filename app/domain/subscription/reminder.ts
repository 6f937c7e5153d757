import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'

/** What a reminder tells of: a term that begins again, a term or a trial that ends for good, a trial that is paid for from then on. */
export type ReminderKind = 'renewal' | 'end' | 'trial'

/** A subscription as far as reminders depend on it. */
export type RemindedSubscription = {
  /** Of its plan; `reminderDays` says how many days before, 0 for never. */
  readonly spec: unknown
  readonly startedAt: Date
  /** When the running term began. */
  readonly termStart: Date
  readonly endsAt: Date | null
  readonly trialEndsAt: Date | null
  readonly renews: boolean
  readonly remindedAt: Date | null
  readonly zone: string
}

export type DueReminder = { readonly kind: ReminderKind; readonly end: Date }

/** Days before, where the plan says nothing. */
const usualDays = { term: 14, trial: 3 }

const ReminderSpec = z.object({ reminderDays: z.number().int().min(0).max(90).nullish().catch(null) })

/**
 * The reminder a subscription is due at `now`; undefined before its day, once it was sent, and when the plan wants none. The day is
 * counted in the seller's zone and never lies in the first half of the term or trial: a short one is not announced as it begins.
 */
export function dueReminder(subscription: RemindedSubscription, now: Date): DueReminder | undefined {
  const next = nextEnd(subscription, now)
  if (!next) return undefined
  const { data } = ReminderSpec.safeParse(subscription.spec)
  const days = data?.reminderDays ?? (next.isTrial ? usualDays.trial : usualDays.term)
  if (days === 0) return undefined
  const at = reminderInstant({ ...next, days, zone: subscription.zone })
  if (now.getTime() < at || (subscription.remindedAt && subscription.remindedAt.getTime() >= at)) return undefined
  return { kind: next.kind, end: next.end }
}

type NextEnd = DueReminder & { readonly start: Date; readonly isTrial: boolean }

/** The trial, while it lasts, then the term; a trial that ends the subscription is an end like any other. */
function nextEnd({ startedAt, termStart, endsAt, trialEndsAt, renews }: RemindedSubscription, now: Date): NextEnd | undefined {
  const isAhead = (end: Date | null): end is Date => end !== null && end.getTime() > now.getTime()
  if (isAhead(trialEndsAt)) {
    const isLast = !renews && endsAt !== null && endsAt.getTime() <= trialEndsAt.getTime()
    return { kind: isLast ? 'end' : 'trial', start: startedAt, end: trialEndsAt, isTrial: true }
  }
  return isAhead(endsAt) ? { kind: renews ? 'renewal' : 'end', start: termStart, end: endsAt, isTrial: false } : undefined
}

type Countdown = { readonly start: Date; readonly end: Date; readonly days: number; readonly zone: string }

function reminderInstant({ start, end, days, zone }: Countdown): number {
  const before = Temporal.Instant.fromEpochMilliseconds(end.getTime()).toZonedDateTimeISO(zone).subtract({ days }).epochMilliseconds
  return Math.max(before, (start.getTime() + end.getTime()) / 2)
}
