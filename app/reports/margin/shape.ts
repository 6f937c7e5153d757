import type { Money } from '#app/domain/money/money.ts'

export const marginViews = ['product', 'account'] as const
export type MarginView = (typeof marginViews)[number]

/** A recorded rate that buy amounts were converted with. */
export type MarginRate = {
  readonly base: string
  readonly quote: string
  readonly rate: string
  readonly source: string
  readonly date: string
}

/**
 * What was sold and bought of one thing for the services of a month, net, by currency. `margin` is in the currency of what was sold; null
 * when that is not one currency, or when there is no rate from a currency bought in.
 */
export type MarginRow = {
  readonly key: string
  readonly product: Readonly<Record<string, string>> | null
  /** What stands in place of a product: a meter, `discount`, `item`, `credit`; `unassigned` for what is bought for nobody known. */
  readonly subject: string | null
  readonly name: string | null
  readonly sold: readonly Money[]
  readonly bought: readonly Money[]
  readonly margin: Money | null
  /** Margin in percent of what was sold, one decimal; null without a margin, or when nothing was sold. */
  readonly percent: string | null
}

export type MarginReport = {
  readonly rows: readonly MarginRow[]
  readonly total: Pick<MarginRow, 'sold' | 'bought' | 'margin' | 'percent'>
  /** The rates used, one for each pair of currencies. */
  readonly rates: readonly MarginRate[]
}
