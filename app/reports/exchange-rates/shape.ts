import type { RateOrigin } from '#app/domain/money/exchange.ts'

export type ExchangeRateFilter = { readonly currency?: string | undefined; readonly page: number }

export type ExchangeRateRow = {
  readonly id: string
  readonly base: string
  readonly quote: string
  /** Decimal text: what one unit of `base` is worth in `quote`. */
  readonly rate: string
  readonly source: string
  /** `YYYY-MM-DD`. */
  readonly date: string
  /** The member of staff who typed it in; null for an import. */
  readonly enteredBy: string | null
  /** Whether it is the one that counts today. */
  readonly isInForce: boolean
}

export type ExchangeRateList = {
  readonly rows: readonly ExchangeRateRow[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
  readonly currencies: readonly string[]
}

/** A conversion tried out on the page: with the rate that was used, or without any. */
export type TriedConversion =
  | {
      readonly amount: { readonly minor: bigint; readonly currency: string }
      readonly result: { readonly minor: bigint; readonly currency: string }
      readonly rate: string
      readonly source: string
      readonly date: string
      readonly origin: RateOrigin
    }
  | { readonly problem: 'no-rate' }
