import { exponentOf } from '../../money/currency.ts'
import { Decimal } from '../../money/decimal.ts'

/** How a changed price is rounded: to a price ending, to steps of 0.05, to whole units, to the minor unit, or not at all. */
export const priceRoundings = ['none', 'minor', 'step-5', 'whole', 'ending-90', 'ending-99'] as const
export type PriceRounding = (typeof priceRoundings)[number]

/** Stored prices have 12 decimals. */
const storedPlaces = 12

/** `from` is the least price that is rounded. */
type Grid = { readonly step: Decimal; readonly offset: Decimal; readonly from: Decimal }

/**
 * `price`, in major units of `currency`, on the grid of `rounding`; the nearest point, the higher of two. A currency
 * without decimals has no endings and no steps: its prices become whole. A price below the grid's first point (a rate of
 * 0.013 per GB and `.90`), and one of less than ten steps of cents or of five cents, is left as it is: rounding would make another
 * price of it, an hour at 0.0108 that rises by 5 % would cost 0.02.
 * A rise never ends below `former`, a fall never above it: then the neighbouring point on the right side is taken.
 */
export function roundPrice(
  price: Decimal,
  { rounding, currency, former }: { rounding: PriceRounding; currency: string; former: Decimal },
): Decimal {
  const exact = price.toDecimalPlaces(storedPlaces)
  const grid = gridOf(rounding, exponentOf(currency))
  if (!grid || exact.lt(grid.from)) return exact

  const below = exact.minus(grid.offset).div(grid.step).floor().times(grid.step).plus(grid.offset)
  const above = below.eq(exact) ? below : below.plus(grid.step)
  const nearest = exact.minus(below).lt(above.minus(exact)) ? below : above
  if (exact.gt(former) && nearest.lt(former)) return above
  return exact.lt(former) && nearest.gt(former) ? below : nearest
}

function gridOf(rounding: PriceRounding, exponent: number): Grid | undefined {
  const one = new Decimal(1)
  const offset = new Decimal(0)
  const fine = (step: Decimal): Grid => ({ step, offset, from: step.times(10) })
  const ending = (text: string): Grid => ({ step: one, offset: new Decimal(text), from: new Decimal(text) })
  if (rounding === 'none') return undefined
  if (rounding === 'minor') return fine(new Decimal(10).pow(-exponent))
  if (rounding === 'whole' || exponent === 0) return { step: one, offset, from: one }
  if (rounding === 'step-5') return fine(new Decimal('0.05'))
  return ending(rounding === 'ending-90' ? '0.9' : '0.99')
}
