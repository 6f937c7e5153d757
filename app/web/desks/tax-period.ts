import { addDays, type LocalDate } from '#app/domain/time/local-date.ts'

const day = /^20\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

/** The period an address names by its first and last day; the running month when it names none. The end is exclusive. */
export function taxPeriodOf(search: URLSearchParams, today: LocalDate): { from: LocalDate; to: LocalDate } {
  const [from, through] = [search.get('from') ?? '', search.get('through') ?? '']
  const isDay = (text: string) => day.test(text) && !Number.isNaN(Date.parse(text))
  if (isDay(from) && isDay(through) && from <= through) return { from, to: addDays(through, 1) }
  return { from: `${today.slice(0, 7)}-01`, to: addDays(today, 1) }
}
