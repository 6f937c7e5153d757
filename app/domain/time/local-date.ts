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

/** `date` moved by `days`, backwards when negative. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

/** Number of days from `from` to `to`, the end date exclusive. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days
}

/** The calendar year of `date`. */
export function yearOf(date: LocalDate): number {
  return Temporal.PlainDate.from(date).year
}
