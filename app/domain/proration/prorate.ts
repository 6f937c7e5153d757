import { apportion } from '../money/apportion.ts'
import type { Decimal } from '../money/decimal.ts'
import { invariant } from '../shared/invariant.ts'
import { daysBetween, localDateOf } from '../time/local-date.ts'
import { contains, lengthMs, type Period } from '../time/period.ts'

/** How a plan charges a part of a period (B17): not at all, by local days, or by elapsed time. */
export type ProrationPolicy = 'none' | 'day' | 'second'

export type Proration = {
  readonly policy: ProrationPolicy
  /** The full billing period that the price is for. */
  readonly cycle: Period
  /** The part of it that is charged. */
  readonly used: Period
  /** The issuer's zone: where days begin. */
  readonly zone: string
}

/** A slice of a span, in milliseconds or in days. */
export type ProrationSlice = { readonly from: bigint; readonly to: bigint; readonly of: bigint }

/**
 * The slice of the cycle that counts as used. `second`: elapsed over the real length. `day`: local dates, the end
 * date exclusive, over the real number of days. `none`: all of it.
 * @throws InvariantError when `used` leaves `cycle`: callers clamp first.
 */
export function prorationSlice(proration: Proration): ProrationSlice {
  const { policy, cycle, used, zone } = proration
  invariant(contains(cycle, used), 'prorate: the used period is outside the cycle')
  if (policy === 'none') return { from: 0n, to: 1n, of: 1n }
  if (policy === 'second') {
    const from = BigInt(used.start.getTime() - cycle.start.getTime())
    return { from, to: from + lengthMs(used), of: lengthMs(cycle) }
  }

  const first = localDateOf(cycle.start, zone)
  const days = (until: Date) => BigInt(daysBetween(first, localDateOf(until, zone)))
  return { from: days(used.start), to: days(used.end), of: days(cycle.end) }
}

/**
 * The share of a `price` for a whole cycle that is owed for the used part; unrounded, to 12 decimals, and exact in
 * sum: two adjacent parts together cost what the covering part costs.
 * @throws InvariantError when `used` leaves `cycle`.
 */
export function prorate(price: Decimal, proration: Proration): Decimal {
  return apportion(price, prorationSlice(proration))
}
