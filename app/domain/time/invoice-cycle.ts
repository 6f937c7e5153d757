import { Temporal } from 'temporal-polyfill'
import { invariant } from '../shared/invariant.ts'
import type { LocalDate } from './local-date.ts'

/** Units that invoices can be cut by; a quarter is three months. */
export const cycleUnits = ['day', 'week', 'month', 'year'] as const
export type CycleUnit = (typeof cycleUnits)[number]

/**
 * How often a contract is invoiced: every `count` units, counted from `anchor`, which lies in the first day, week, month or year of a cycle
 * (before or after the dates asked for). Months and years begin on `day`, 1 to 31, else on that of the anchor; days 29 to 31 fall on
 * the last day of shorter months and return afterwards (B19).
 */
export type InvoiceCycle = { readonly unit: CycleUnit; readonly count: number; readonly anchor: LocalDate; readonly day?: number }

/** Local dates of the seller, the end exclusive. */
export type LocalPeriod = { readonly start: LocalDate; readonly end: LocalDate }

/** A Monday and a first of January: weeks, months, quarters and years of the calendar all begin on it. */
export const calendarAnchor: LocalDate = '2001-01-01'

/** How a contract says it: every `cycleCount` units, by the calendar, or from its own day on counted from its start. */
export type CycleTerms = {
  readonly cycleUnit: CycleUnit
  readonly cycleCount: number
  readonly cycleDay: number | null
  readonly startsOn: LocalDate
}

/** The invoice cycle of a contract. */
export function cycleOf({ cycleUnit: unit, cycleCount: count, cycleDay: day, startsOn }: CycleTerms): InvoiceCycle {
  return day === null ? { unit, count, anchor: calendarAnchor } : { unit, count, anchor: startsOn, day }
}

/** The cycle that `date` lies in. The cycles of a contract tile the calendar. */
export function cycleAt(cycle: InvoiceCycle, date: LocalDate): LocalPeriod {
  invariant(Number.isInteger(cycle.count) && cycle.count >= 1, 'cycleAt: a cycle has one unit or more')
  const place = placeOf(cycle, date)
  return { start: startOf(cycle, place), end: startOf(cycle, place + 1) }
}

/**
 * What falls due for invoicing in the days after `window.start` up to and including `window.end`: from the first day of the first cycle that
 * ends there to the end of the last one. Cycles that were missed are billed together. Undefined when none ends there. `since` is the
 * end of what was invoiced before, or the start of the contract: nothing before it comes up again.
 */
export function dueCycles(cycle: InvoiceCycle, window: LocalPeriod, since: LocalDate): LocalPeriod | undefined {
  const { start: end } = cycleAt(cycle, window.end)
  if (end <= window.start || end <= since) return undefined
  const first = cycleAt(cycle, since > window.start ? since : window.start)
  return { start: first.start, end }
}

/** The cycles that end within a period that is made of whole ones, in their order. */
export function cyclesWithin(cycle: InvoiceCycle, { start, end }: LocalPeriod): LocalPeriod[] {
  const cycles: LocalPeriod[] = []
  for (let next = cycleAt(cycle, start); next.end <= end; next = cycleAt(cycle, next.end)) cycles.push(next)
  return cycles
}

function placeOf(cycle: InvoiceCycle, date: LocalDate): number {
  const since = Temporal.PlainDate.from(cycle.anchor).until(date, { largestUnit: cycle.unit })
  let place = Math.floor(since[`${cycle.unit}s`] / cycle.count)
  // Counting in whole units rounds towards the anchor and knows nothing of the day in the month: one step mends it.
  while (date < startOf(cycle, place)) place -= 1
  while (date >= startOf(cycle, place + 1)) place += 1
  return place
}

function startOf({ unit, count, anchor, day }: InvoiceCycle, place: number): LocalDate {
  const first = Temporal.PlainDate.from(anchor)
  const steps = { [`${unit}s`]: place * count }
  if (unit === 'day' || unit === 'week') return first.add(steps).toString()
  const month = first.toPlainYearMonth().add(steps)
  return month.toPlainDate({ day: Math.min(day ?? first.day, month.daysInMonth) }).toString()
}
