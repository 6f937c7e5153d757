import { Temporal } from 'temporal-polyfill'
import { Decimal } from '../money/decimal.ts'
import { invariant } from '../shared/invariant.ts'
import { containsInstant, lengthMs, type Period } from './period.ts'

/**
 * How a contract or subscription cuts time into months: on day `anchorDay` (1 = calendar month) at the start of
 * the day in `zone`, the issuer's. Days 29 to 31 fall on the last day of shorter months and return afterwards (B19).
 */
export type BillingCycle = { readonly zone: string; readonly anchorDay: number }

const hourMs = 3_600_000

/** The calendar month `month` (1 to 12) of `year` in `zone`. */
export function monthOf(zone: string, year: number, month: number): Period {
  const first = Temporal.PlainYearMonth.from({ year, month })
  return { start: startOfMonth(first, { zone, anchorDay: 1 }), end: startOfMonth(first.add({ months: 1 }), { zone, anchorDay: 1 }) }
}

/** The billing month of `cycle` that `instant` falls into. The months of a cycle tile the time line. */
export function billingMonthAt(cycle: BillingCycle, instant: Date): Period {
  invariant(Number.isInteger(cycle.anchorDay) && cycle.anchorDay >= 1 && cycle.anchorDay <= 31, 'billingMonthAt: the anchor day is 1 to 31')
  const local = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(cycle.zone)
  const month = local.toPlainDate().toPlainYearMonth()
  const anchor = startOfMonth(month, cycle)
  const first = anchor.getTime() <= instant.getTime() ? month : month.subtract({ months: 1 })
  return { start: startOfMonth(first, cycle), end: startOfMonth(first.add({ months: 1 }), cycle) }
}

/** The billing months of `cycle` that start inside `span`, in order. */
export function billingMonthsStartingIn(cycle: BillingCycle, span: Period): Period[] {
  const months: Period[] = []
  let month = billingMonthAt(cycle, span.start)
  while (month.start.getTime() < span.end.getTime()) {
    if (month.start.getTime() >= span.start.getTime()) months.push(month)
    month = billingMonthAt(cycle, month.end)
  }
  return months
}

/** The month of `cycle` just before the one `instant` falls into: what a run on that instant closes. */
export function lastClosedMonth(cycle: BillingCycle, instant: Date): Period {
  return billingMonthAt(cycle, new Date(billingMonthAt(cycle, instant).start.getTime() - 1))
}

/** Real hours of `span`: 743 or 745 in the months that change the clock. */
export function hoursOf(span: Period): Decimal {
  return new Decimal(lengthMs(span).toString()).div(hourMs)
}

/** Looks months of one cycle up fast; repeated questions about the same month cost two comparisons. */
export type BillingCalendar = (instant: Date) => Period

/** A calendar of `cycle` that remembers the months it was asked for. */
export function billingCalendar(cycle: BillingCycle): BillingCalendar {
  const known: Period[] = []
  let latest: Period | undefined
  return (instant) => {
    if (latest && containsInstant(latest, instant)) return latest
    latest = known.find((month) => containsInstant(month, instant))
    if (!latest) {
      latest = billingMonthAt(cycle, instant)
      known.push(latest)
    }
    return latest
  }
}

function startOfMonth(month: Temporal.PlainYearMonth, cycle: BillingCycle): Date {
  const date = month.toPlainDate({ day: Math.min(cycle.anchorDay, month.daysInMonth) })
  return new Date(date.toZonedDateTime(cycle.zone).epochMilliseconds)
}
