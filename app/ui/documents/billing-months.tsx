import { useFormat } from '../base/use-format.ts'

/** The billing months from one to another, each by its first day. One that begins later in the month is named by its day. */
export function BillingMonths({ from, through = from }: { from: string; through?: string }) {
  const format = useFormat()
  const name = (day: string) => (day.endsWith('-01') ? format.month(new Date(`${day}T12:00:00Z`)) : format.day(day))
  return (
    <span className="sm:whitespace-nowrap" suppressHydrationWarning>
      {from === through ? name(from) : `${name(from)} – ${name(through)}`}
    </span>
  )
}
