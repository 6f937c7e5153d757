import { addDays, type LocalDate } from '../time/local-date.ts'

/** The days of a statement: from the first of the running month to today unless asked otherwise; never the wrong way round. */
export function statementDays(
  asked: { readonly from?: LocalDate | undefined; readonly to?: LocalDate | undefined },
  today: LocalDate,
): { readonly from: LocalDate; readonly to: LocalDate } {
  const to = asked.to ?? (asked.from && asked.from > today ? asked.from : today)
  const from = asked.from ?? `${to.slice(0, 7)}-01`
  return from <= to ? { from, to } : { from: to, to: from }
}

/** The periods that are asked for most: the running month, the one before, the running year. */
export function usualPeriods(
  today: LocalDate,
): readonly { readonly key: 'thisMonth' | 'lastMonth' | 'thisYear'; readonly from: LocalDate; readonly to: LocalDate }[] {
  const firstOfMonth = `${today.slice(0, 7)}-01`
  const lastBefore = addDays(firstOfMonth, -1)
  return [
    { key: 'thisMonth', from: firstOfMonth, to: today },
    { key: 'lastMonth', from: `${lastBefore.slice(0, 7)}-01`, to: lastBefore },
    { key: 'thisYear', from: `${today.slice(0, 4)}-01-01`, to: today },
  ]
}
