import { Temporal } from 'temporal-polyfill'
import { invariant } from '../shared/invariant.ts'
import { type BillingCycle, billingMonthAt } from './billing-month.ts'
import { localDateOf, startOfDay } from './local-date.ts'
import type { Period } from './period.ts'

/** Every `count` days, weeks, months or years. */
export type ServiceInterval = { readonly unit: 'day' | 'week' | 'month' | 'year'; readonly count: number }

export type ServicePeriodQuestion = {
  readonly cycle: BillingCycle
  readonly interval: ServiceInterval
  /** Periods are counted from the one this instant falls into; null: from the calendar (January, Monday). */
  readonly anchor: Date | null
  readonly at: Date
}

/** A Monday: weeks without an anchor begin on one. */
const monday = Temporal.PlainDate.from('1970-01-05')

/**
 * The service period that `at` falls into. Months and years are made of the billing months of the cycle, so that day 29 to
 * 31 falls on the last day of shorter months and returns afterwards; days and weeks begin at midnight of the cycle's zone. The
 * periods of one question tile the time line.
 */
export function servicePeriodAt(question: ServicePeriodQuestion): Period {
  const { unit, count } = question.interval
  invariant(Number.isInteger(count) && count >= 1, 'servicePeriodAt: an interval counts whole units')
  if (unit === 'month') return monthsAt(question, count)
  if (unit === 'year') return monthsAt(question, count * 12)
  return daysAt(question, unit === 'week' ? count * 7 : count)
}

function monthsAt({ cycle, anchor, at }: ServicePeriodQuestion, count: number): Period {
  const month = billingMonthAt(cycle, at)
  if (count === 1) return month
  const first = anchor ? monthIndex(cycle, billingMonthAt(cycle, anchor).start) : 0
  const since = positiveRemainder(monthIndex(cycle, month.start) - first, count)
  const start = monthsLater(cycle, month, -since)
  return { start: start.start, end: monthsLater(cycle, start, count).start }
}

function daysAt({ cycle, anchor, at }: ServicePeriodQuestion, count: number): Period {
  const first = anchor ? Temporal.PlainDate.from(localDateOf(anchor, cycle.zone)) : monday
  const today = Temporal.PlainDate.from(localDateOf(at, cycle.zone))
  const since = positiveRemainder(first.until(today, { largestUnit: 'days' }).days, count)
  const start = today.subtract({ days: since })
  return { start: startOfDay(start.toString(), cycle.zone), end: startOfDay(start.add({ days: count }).toString(), cycle.zone) }
}

function monthIndex({ zone }: BillingCycle, start: Date): number {
  const { year, month } = Temporal.PlainDate.from(localDateOf(start, zone))
  return year * 12 + month - 1
}

/** The billing month `count` months after `month`, before it when negative. */
function monthsLater(cycle: BillingCycle, month: Period, count: number): Period {
  const there = Temporal.PlainDate.from(localDateOf(month.start, cycle.zone)).toPlainYearMonth().add({ months: count })
  const middle = there.toPlainDate({ day: Math.min(cycle.anchorDay, there.daysInMonth) })
  return billingMonthAt(cycle, startOfDay(middle.toString(), cycle.zone))
}

function positiveRemainder(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor
}
