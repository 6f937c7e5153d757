import type { SellPriceProblem } from '#app/domain/pricing/markup/check-sell-price.ts'
import type { FeeKind } from '#app/domain/pricing/price-rule.ts'

/** Prices are decimal texts in major units. */
export type MarginRow = {
  /** Product and fee as one text: what a form sends back. */
  readonly key: string
  readonly productId: string | null
  readonly productCode: string | null
  /** Its names by language; null for the rate card. */
  readonly product: Readonly<Record<string, string>> | null
  readonly feeKind: FeeKind
  readonly meter: string | null
  /** Dimensions such as `zone=fra-1`; empty for most. */
  readonly match: string
  readonly unit: string
  readonly currency: string
  readonly buy: { readonly price: string; readonly cap: string | null; readonly currency: string; readonly since: Date } | null
  /** The buy price in the currency of the book; null without a rate. */
  readonly bought: string | null
  /** The rate it was converted with. */
  readonly exchange: { readonly rate: string; readonly source: string; readonly date: string } | null
  readonly markup: {
    readonly method: string
    readonly rate: string | null
    readonly amount: string | null
    readonly rounding: string
  } | null
  /** The price in force was typed in. */
  readonly isByHand: boolean
  /** What the mark-up makes of the buy price. */
  readonly byRule: string | null
  readonly sell: string | null
  readonly cap: string | null
  readonly margin: { readonly amount: string; readonly percent: string | null } | null
  readonly floor: string | null
  readonly range: { readonly floor: string | null; readonly ceiling: string | null }
  readonly problems: readonly SellPriceProblem[]
  readonly isTiered: boolean
}

/** One price in each of the books that stand side by side, in their order; null where a book has none. */
export type MarginLine = Pick<MarginRow, 'key' | 'productCode' | 'product' | 'feeKind' | 'meter' | 'match'> & {
  readonly prices: readonly (MarginRow | null)[]
}

export type MarginBook = { readonly id: string; readonly name: string; readonly currency: string }
export type MarkupRow = {
  readonly id: string
  readonly productCode: string | null
  readonly productGroup: string | null
  readonly feeKind: FeeKind | null
  readonly method: 'percent' | 'amount' | 'fixed-price'
  readonly rate: string | null
  readonly amount: string | null
  readonly rounding: string
  readonly floor: string | null
  readonly exchange: { readonly rate: string; readonly source: string; readonly date: string } | null
}
export type MarginGrid = {
  /** Whose mark-ups these are. */
  readonly book: MarginBook
  /** `book` and those beside it. */
  readonly books: readonly MarginBook[]
  readonly buyCurrency: string | null
  readonly lines: readonly MarginLine[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
  readonly rules: readonly MarkupRow[]
  readonly products: readonly { readonly id: string; readonly code: string }[]
  readonly groups: readonly string[]
}

/** What one unit of the buying currency is worth in the book's, as decimal text, with who says so and of which day. */
export type KnownRate = { readonly rate: string; readonly source: string; readonly date: string }
