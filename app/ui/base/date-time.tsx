import { useFormat } from './use-format.ts'

/** An instant in the page's zone, short in tables; the UTC instant shows under the pointer. */
export function DateTime({ instant, isDayOnly = false, isShort = false }: { instant: Date; isDayOnly?: boolean; isShort?: boolean }) {
  const format = useFormat()
  const full = isDayOnly ? format.date : format.dateTime
  return (
    <time dateTime={instant.toISOString()} title={instant.toISOString()} className="tabular sm:whitespace-nowrap" suppressHydrationWarning>
      {(isShort ? format.shortDateTime : full)(instant)}
    </time>
  )
}

/** A calendar day `YYYY-MM-DD` that needs no zone any more. */
export function Day({ day }: { day: string }) {
  const format = useFormat()
  return (
    <time dateTime={day} className="tabular sm:whitespace-nowrap" suppressHydrationWarning>
      {format.day(day)}
    </time>
  )
}

/** A half-open span of instants, written from its first to its last day. */
export function Period({ start, end }: { start: Date; end: Date }) {
  const format = useFormat()
  return (
    <span className="tabular sm:whitespace-nowrap" suppressHydrationWarning>
      {format.period(start, end)}
    </span>
  )
}
