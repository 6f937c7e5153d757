import type { Money } from '#app/domain/money/money.ts'

export type OrderQuoteInput = { readonly planCode: string }

export type QuoteLine = {
  readonly feeKind: 'setup' | 'recurring' | 'usage'
  /** Decimal text per hour; null for a fee of the whole month. */
  readonly hourly: string | null
  /** Once for a setup fee, else the most a month costs. Before tax. */
  readonly amount: Money
}

/** What an order will cost, priced by the server with the rules that will bill it. */
export type OrderQuote = {
  readonly lines: readonly QuoteLine[]
  readonly taxPercent: string
  /** Why that rate: the buyer's country, a valid VAT id abroad, or a sale outside the tax area. */
  readonly taxReason: 'standard' | 'reverse-charge' | 'outside-scope'
  /** The most a month costs: net, tax, both. */
  readonly monthlyNet: Money
  readonly monthlyTax: Money
  readonly monthlyTotal: Money
  /** Setup and first month, tax included. */
  readonly orderTotal: Money
  readonly dueToday: Money
}
