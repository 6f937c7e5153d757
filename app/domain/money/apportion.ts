import { invariant } from '../shared/invariant.ts'
import { Decimal } from './decimal.ts'

/** Decimals of running amounts and quantities, as the database keeps them: NUMERIC(38,12) (B1). */
export const runningPlaces = 12

/**
 * What of `whole` belongs to the slice `[from, to)` of a span `of` units long, to 12 decimals.
 * The slice is the difference of two cumulative shares, each cut off at 12 decimals, so adjacent slices add up
 * exactly to the slice that covers them and the full span is the whole (B17, B18).
 * @throws InvariantError when the slice leaves the span, or the whole has more than 12 decimals.
 */
export function apportion(whole: Decimal, slice: { from: bigint; to: bigint; of: bigint }): Decimal {
  const { from, to, of } = slice
  invariant(of > 0n && from >= 0n && to >= from && to <= of, 'apportion: the slice is outside its span')
  invariant(whole.decimalPlaces() <= runningPlaces, 'apportion: the whole has more than 12 decimals')
  if (from === 0n && to === of) return whole
  return cumulative(whole, to, of).minus(cumulative(whole, from, of))
}

function cumulative(whole: Decimal, done: bigint, of: bigint): Decimal {
  if (done === 0n) return new Decimal(0)
  if (done === of) return whole
  return whole.times(done.toString()).div(of.toString()).toDecimalPlaces(runningPlaces, Decimal.ROUND_DOWN)
}
