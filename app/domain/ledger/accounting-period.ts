import { Temporal } from 'temporal-polyfill'
import { err, ok, type Result } from '../shared/result.ts'
import { type LocalDate, localDateOf } from '../time/local-date.ts'

/** A month of the books, `YYYY-MM`, in the seller's zone. */
export type BookMonth = string

/** The month that `date` falls into. */
export function bookMonthOf(date: LocalDate): BookMonth {
  return date.slice(0, 7)
}

/** The first day of `month`, and the first day after it. */
export function daysOfMonth(month: BookMonth): { readonly start: LocalDate; readonly end: LocalDate } {
  const first = Temporal.PlainYearMonth.from(month)
  return { start: first.toPlainDate({ day: 1 }).toString(), end: first.add({ months: 1 }).toPlainDate({ day: 1 }).toString() }
}

/** Where a seller's books stand: the month of the first entry, and the last month that is closed; null when there is none. */
export type BooksState = { readonly firstMonth: BookMonth | null; readonly lastClosed: BookMonth | null }

/** The one month that may be closed next, once it is over; null while nothing is booked. */
export function nextToClose({ firstMonth, lastClosed }: BooksState): BookMonth | null {
  return lastClosed ? Temporal.PlainYearMonth.from(lastClosed).add({ months: 1 }).toString() : firstMonth
}

export type ClosingProblem = 'nothing-booked' | 'period-already-closed' | 'earlier-period-open' | 'period-not-over'

/** Whether `month` may be closed at `now`: months are closed one after the other, each when it is over in the seller's `zone`. */
export function checkClosing(
  books: BooksState,
  { month, now, zone }: { readonly month: BookMonth; readonly now: Date; readonly zone: string },
): Result<void, ClosingProblem> {
  const next = nextToClose(books)
  if (!next) return err('nothing-booked')
  if (month < next) return err(books.lastClosed ? 'period-already-closed' : 'nothing-booked')
  if (month > next) return err('earlier-period-open')
  return bookMonthOf(localDateOf(now, zone)) > month ? ok(undefined) : err('period-not-over')
}
