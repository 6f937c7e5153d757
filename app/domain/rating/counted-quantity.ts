import { Decimal } from '../money/decimal.ts'
import { roundUp } from '../pricing/period-cost.ts'
import { type MeterCode, meters } from '../usage/meters.ts'
import { moveCounter, type OpenCounter } from './counters.ts'

const nothing = new Decimal(0)

/** Whether a meter is read at a moment, so that its greatest sample of the month counts and never the sum; `own` are such of the seller's. */
export function isLargestSample(meter: string, own?: ReadonlySet<string>): boolean {
  if (own?.has(meter)) return true
  return Object.hasOwn(meters, meter) && meters[meter as MeterCode].aggregation === 'max'
}

/** What `sample` adds to the greatest one seen so far; nothing when it is not greater. */
export function riseOver(greatest: OpenCounter, sample: Decimal): Decimal {
  if (sample.lte(greatest.consumed)) return nothing
  const rise = sample.minus(greatest.consumed)
  moveCounter(greatest, sample)
  return rise
}

/** What `quantity` adds to a resource's quantity of the period when that is rounded up to whole steps (B18). */
export function stepsBegun(measured: OpenCounter, quantity: Decimal, step: Decimal): Decimal {
  const before = roundUp(measured.consumed, step)
  moveCounter(measured, measured.consumed.plus(quantity))
  return roundUp(measured.consumed, step).minus(before)
}
