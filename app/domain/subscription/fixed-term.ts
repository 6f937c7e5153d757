import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'

export type FixedTerm = {
  /** When the subscription began: later terms are counted from here, so that day 29 to 31 returns. */
  readonly startedAt: Date
  /** The term that is over. */
  readonly start: Date
  readonly end: Date
  readonly zone: string
}

const mostMonths = 1_200

/** What a plan says of time: how long a fixed term and a trial last. Anything unreadable counts as nothing said. */
const TimedSpec = z.object({
  termMonths: z.number().int().min(1).max(120).nullish().catch(null),
  trialDays: z.number().int().min(1).max(366).nullish().catch(null),
  atTermEnd: z.literal('ends').nullish().catch(null),
})

/**
 * When the first term and the trial of a plan with `spec` end, each at the time of day it began; null where it has none. `endsWithTerm`: the
 * plan begins no other term by itself.
 */
export function firstTerm(
  spec: unknown,
  { startedAt, zone }: { readonly startedAt: Date; readonly zone: string },
): { readonly endsAt: Date | null; readonly trialEndsAt: Date | null; readonly endsWithTerm: boolean } {
  const { data } = TimedSpec.safeParse(spec)
  const start = zoned(startedAt, zone)
  return {
    endsAt: data?.termMonths ? toDate(start.add({ months: data.termMonths })) : null,
    trialEndsAt: data?.trialDays ? toDate(start.add({ days: data.trialDays })) : null,
    endsWithTerm: data?.atTermEnd === 'ends' && Boolean(data.termMonths),
  }
}

/** When the next term of the same length ends: as many months when both ends lie on the day of the start, else as many days. */
export function nextTermEnd({ startedAt, start, end, zone }: FixedTerm): Date {
  const ended = zoned(end, zone)
  const anchor = zoned(startedAt, zone).toPlainDate()
  const until = monthsTo(anchor, ended.toPlainDate())
  const from = monthsTo(anchor, zoned(start, zone).toPlainDate())
  if (until !== undefined && from !== undefined) {
    const next = anchor.add({ months: until + (until - from) })
    return toDate(next.toZonedDateTime({ timeZone: zone, plainTime: ended.toPlainTime() }))
  }
  const { days } = zoned(start, zone).toPlainDate().until(ended.toPlainDate(), { largestUnit: 'days' })
  return toDate(ended.add({ days: Math.max(1, days) }))
}

/** How many whole months after `anchor` the date lies; undefined when on another day of the month. */
function monthsTo(anchor: Temporal.PlainDate, date: Temporal.PlainDate): number | undefined {
  const count = (date.year - anchor.year) * 12 + date.month - anchor.month
  if (count < 0 || count > mostMonths) return undefined
  return anchor.add({ months: count }).equals(date) ? count : undefined
}

function zoned(instant: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone)
}

function toDate({ epochMilliseconds }: Temporal.ZonedDateTime): Date {
  return new Date(epochMilliseconds)
}
