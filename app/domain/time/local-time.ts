import { Temporal } from 'temporal-polyfill'

/** The instant of a local time `YYYY-MM-DDTHH:MM` in `zone`; one that a clock change skipped is the moment after. @throws RangeError for what is no time. */
export function instantOf(localTime: string, zone: string): Date {
  return new Date(Temporal.PlainDateTime.from(localTime).toZonedDateTime(zone).epochMilliseconds)
}

/** The local time `YYYY-MM-DDTHH:MM` of an instant in `zone`, as a form takes it. */
export function localTimeOf(instant: Date, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
}
