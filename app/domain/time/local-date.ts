import { Temporal } from 'temporal-polyfill'

/** A calendar date `YYYY-MM-DD` of some zone, without an instant: what documents and billing keys carry. */
export type LocalDate = string

/** The calendar date that `instant` falls on in `zone` (IANA name). */
export function localDateOf(instant: Date, zone: string): LocalDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString()
}

/** The first instant of `date` in `zone`: midnight, or the moment after a clock change that skipped it. */
export function startOfDay(date: LocalDate, zone: string): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds)
}

const dayMs = 86_400_000

/** `date` moved by `days`, backwards when negative. @throws RangeError when it is no date. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOf(midnightOf(date) + days * dayMs)
}

/** Number of days from `from` to `to`, the end date exclusive. @throws RangeError when one of them is no date. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return (midnightOf(to) - midnightOf(from)) / dayMs
}

// Days without a zone are all as long as each other: counting them needs no calendar, and every invoice does.
function midnightOf(date: LocalDate): number {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  if (dateOf(midnight) !== date) throw new RangeError(`${date} is not a date`)
  return midnight
}

function dateOf(midnight: number): LocalDate {
  return new Date(midnight).toISOString().slice(0, 10)
}

/** The calendar year of `date`. */
export function yearOf(date: LocalDate): number {
  return Temporal.PlainDate.from(date).year
}
