import { Temporal } from 'temporal-polyfill'

export type FixedTerm = {
  /** When the subscription began: later terms are counted from here, so that day 29 to 31 returns. */
  readonly startedAt: Date
  /** The term that is over. */
  readonly start: Date
  readonly end: Date
  readonly zone: string
}

const mostMonths = 1_200

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
