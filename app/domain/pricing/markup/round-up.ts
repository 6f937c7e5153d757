import { exponentOf } from '../../money/currency.ts'
import { Decimal } from '../../money/decimal.ts'

/** How a sell price is rounded: not at all, to the nearest minor unit, or up to the next 0.05, whole unit, `.90` or `.99`. */
export const markupRoundings = ['none', 'minor', 'up-5', 'up-whole', 'up-90', 'up-99'] as const
export type MarkupRounding = (typeof markupRoundings)[number]

/** Stored prices have 12 decimals. */
const storedPlaces = 12

type Grid = { readonly step: Decimal; readonly offset: Decimal }

/**
 * `price`, in major units of `currency`, by the rounding rule: `minor` half away from zero, the others up to the next point of
 * their grid. A currency without decimals has no endings and no steps: its prices go up to whole units. A price
 * below the grid's first point (a rate of 0.013 per GB and `.90`) is left as it is: rounding would make another price of it.
 */
export function roundUp(price: Decimal, rounding: MarkupRounding, currency: string): Decimal {
  const exact = price.toDecimalPlaces(storedPlaces)
  const exponent = exponentOf(currency)
  if (rounding === 'none') return exact
  if (rounding === 'minor') return exact.lt(new Decimal(10).pow(-exponent)) ? exact : exact.toDecimalPlaces(exponent)

  const { step, offset } = gridOf(rounding, exponent)
  const first = offset.isZero() ? step : offset
  return exact.lt(first) ? exact : exact.minus(offset).div(step).ceil().times(step).plus(offset)
}

function gridOf(rounding: Exclude<MarkupRounding, 'none' | 'minor'>, exponent: number): Grid {
  const whole = { step: new Decimal(1), offset: new Decimal(0) }
  if (rounding === 'up-whole' || exponent === 0) return whole
  if (rounding === 'up-5') return { step: new Decimal('0.05'), offset: whole.offset }
  return { step: whole.step, offset: new Decimal(rounding === 'up-90' ? '0.9' : '0.99') }
}
