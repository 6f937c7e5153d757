import type { Money } from '#app/domain/money/money.ts'

export type OrderQuoteInput = { readonly planCode: string; readonly locationCode: string; readonly language: string; readonly accountId?: string | undefined }

export type QuoteLine = {
  readonly label: string
  readonly feeKind: 'setup' | 'recurring' | 'usage'
  /** Decimal text per hour; null for a fee of the whole month. */
  readonly hourly: string | null
  readonly amount: Money
}

/** What an order will cost, priced by the server. The order charges exactly this. */
export type OrderQuote = {
  readonly lines: readonly QuoteLine[]
  readonly taxPercent: string
  /** Why that rate: the buyer's country, a valid VAT id abroad, or a sale outside the tax area. */
  readonly taxReason: 'standard' | 'reverse-charge' | 'outside-scope'
  /** The most a month costs: net, tax, both. */
  readonly monthlyNet: Money
  readonly monthlyTax: Money
  readonly monthlyTotal: Money
  readonly dueToday: Money
}
