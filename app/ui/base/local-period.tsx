import { formatPeriod } from '#app/i18n/formats.ts'
import { usePage } from './page-context.tsx'

/** A span of calendar days, the end exclusive, written from its first to its last day. */
export function LocalPeriod({ start, end }: { start: string; end: string }) {
  const { locale } = usePage()
  const instant = (day: string) => new Date(`${day}T00:00:00Z`)
  return (
    <span className="tabular whitespace-nowrap" suppressHydrationWarning>
      {formatPeriod(instant(start), instant(end), locale, 'UTC')}
    </span>
  )
}
