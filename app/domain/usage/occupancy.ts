import { Decimal } from '../money/decimal.ts'

/** Hours that one resource (`key`) was reported for in one window, by the fact `contentKey`. */
export type OccupiedHours = {
  readonly key: string
  readonly contentKey: string
  readonly start: Date
  readonly end: Date
  readonly hours: Decimal
}

/** Knows the hours reported so far, to tell when a resource would have more hours than time has passed. */
export type Occupancy = {
  /**
   * Whether `entry` fits beside what is known: all reports that overlap it together within the time they span. What
   * the same fact was reported with before does not count, it is being replaced.
   */
  fits(entry: OccupiedHours): boolean
  add(entry: OccupiedHours): void
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** How far hours may exceed their time before they are impossible: single-precision floats keep seven digits. */
const tolerance = new Decimal('1.000001')

/** Hours within float noise of `availableHours`, or less. */
export function isWithin(hours: Decimal, availableHours: Decimal): boolean {
  return hours.lte(availableHours) || hours.lte(availableHours.times(tolerance))
}

/** Opens the book with the hours of earlier batches. */
export function openOccupancy(seen: readonly OccupiedHours[]): Occupancy {
  const byDay = new Map<string, OccupiedHours[]>()
  const add = (entry: OccupiedHours) => {
    for (const day of daysOf(entry)) {
      const entries = byDay.get(day)
      if (entries) entries.push(entry)
      else byDay.set(day, [entry])
    }
  }
  for (const entry of seen) add(entry)

  return {
    add,
    fits(entry) {
      const overlapping = new Set(
        daysOf(entry).flatMap((day) =>
          (byDay.get(day) ?? []).filter((other) => other.contentKey !== entry.contentKey && overlaps(other, entry)),
        ),
      )
      const together = [...overlapping, entry]
      const start = Math.min(...together.map((one) => one.start.getTime()))
      const end = Math.max(...together.map((one) => one.end.getTime()))
      const hours = together.reduce((sum, one) => sum.plus(one.hours), new Decimal(0))
      return isWithin(hours, new Decimal(end - start).div(hourMs))
    },
  }
}

function daysOf(entry: OccupiedHours): string[] {
  const first = Math.floor(entry.start.getTime() / dayMs)
  const last = Math.floor((entry.end.getTime() - 1) / dayMs)
  return Array.from({ length: last - first + 1 }, (_, index) => `${entry.key}|${first + index}`)
}

function overlaps(a: OccupiedHours, b: OccupiedHours): boolean {
  return a.start.getTime() < b.end.getTime() && b.start.getTime() < a.end.getTime()
}
