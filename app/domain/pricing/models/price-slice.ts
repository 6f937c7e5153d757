import type { Decimal } from '../../money/decimal.ts'

/**
 * What of a delta of billed quantity fell into one tier: `from` and `to` are positions on the period's quantity, `to`
 * below `from` for a correction. Slices of one delta follow each other, so the cost of each is cost(to) - cost(from).
 */
export type PriceSlice = {
  /** Counts from 0; null for a model whose quantity is not cut into tiers. */
  readonly tier: number | null
  readonly from: Decimal
  readonly to: Decimal
  /** What one unit of the slice costs, or for package and stair-step the price of the package or bracket. */
  readonly unitPrice: Decimal
}

/**
 * A stretch of the period's quantity on which each further unit costs the same: everything above `after` (from zero on,
 * when null) up to and with `upTo` (without end, when null).
 */
export type PriceSegment = {
  readonly tier: number | null
  readonly after: Decimal | null
  readonly upTo: Decimal | null
  /** What each unit adds to the cost; zero where only the stretch as a whole has a price. */
  readonly slope: Decimal
  /** As in PriceSlice. */
  readonly unitPrice: Decimal
}

/** A price inside a model: per unit, for something as a whole, or a percentage of an amount of money. */
export type PriceNature = 'unit' | 'flat' | 'percent'

/** A price that a mark-up, a discount or a price change makes of `price`. */
export type PriceChange = (price: Decimal, nature: PriceNature) => Decimal

/** A figure of a description, as a decimal text for the reader's language to write: a rate is a price per unit. */
export type DescribedValue =
  | { readonly price: string }
  | { readonly rate: string }
  | { readonly quantity: string }
  | { readonly percent: string }

/** The words a figure is written with: unit as the meter names it, ISO code of the currency. */
export type DescribedIn = { readonly unit: string; readonly currency: string }

/** A sentence of namespace `pricing` with its figures; `steps` are the parts its `{{steps}}` lists. */
export type PriceDescription = DescribedIn & {
  readonly key: `models.${string}`
  readonly values: Readonly<Record<string, DescribedValue>>
  readonly steps?: readonly PriceDescription[]
}
