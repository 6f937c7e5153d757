import type { z } from 'zod'
import type { Decimal } from '../../money/decimal.ts'
import type { DescribedIn, PriceChange, PriceDescription, PriceSegment, PriceSlice } from './price-slice.ts'

export const priceModelKinds = ['flat', 'per-unit', 'graduated', 'volume', 'package', 'stairstep', 'percentage'] as const
export type PriceModelKind = (typeof priceModelKinds)[number]

/**
 * One way to price a period's quantity. All quantities are those of one period that are billed, the allowance taken off
 * before; amounts are major units, exact and unrounded.
 */
export type PriceModelDefinition<Kind extends PriceModelKind, Params> = {
  readonly kind: Kind
  /** Plain JSON with decimal texts in, decimals out. Refusals are codes that name their path. */
  readonly params: z.ZodType<Params>
  /** Cumulative cost of `quantity` of one period; at zero what is due without any use. A quantity below zero costs what zero does. */
  cost(params: Params, quantity: Decimal): Decimal
  /** What of the way from `before` to `after` fell where, at least one slice, each adjacent to the next. */
  slices(params: Params, before: Decimal, after: Decimal): readonly PriceSlice[]
  /** The stretch that `quantity`, zero or more, lies in. */
  segment(params: Params, quantity: Decimal): PriceSegment
  /** The model in one sentence. */
  describe(params: Params, words: DescribedIn): PriceDescription
  /** The same model with every price changed; quantities stay. */
  mapPrices(params: Params, change: PriceChange): Params
}
