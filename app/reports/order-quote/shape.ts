import type { StatedBuyer } from '#app/db/documents/tax-facts.server.ts'
import type { SaleUnit } from '#app/domain/catalog/service-sale.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { PriceTax } from '#app/domain/tax/tax-lines.ts'

export type OrderQuoteInput = {
  readonly planCode: string
  /** Of a service that is ordered by itself; one unless said. */
  readonly units?: number | undefined
  /** Codes of the products taken beside it; those that are not offered with it are left out. */
  readonly optionCodes: readonly string[]
  readonly language: string
  /** The one the visitor chose. */
  readonly currency?: string | null
  /** Who the visitor says to be; a private person of the seller's country unless said. */
  readonly buyer?: StatedBuyer
}

export type QuoteLine = {
  readonly feeKind: 'setup' | 'recurring' | 'usage'
  /** The plan, a product taken beside it, or one that comes with it for nothing. */
  readonly role: 'main' | 'add-on' | 'included'
  /** Of the product, in the reader's language. */
  readonly name: string
  /** Decimal text per hour; null for a fee of the whole month. */
  readonly hourly: string | null
  /** Of a service that is ordered by itself: how many, as decimal text, of what. Null for anything else. */
  readonly units: { readonly count: string; readonly unit: SaleUnit } | null
  /** How many pieces of the order have it. */
  readonly count: number
  /** On the first invoice: once for a setup fee, the part of the first period for a recurring one, else the most a month costs. As `tax` says. */
  readonly amount: Money
  /** The days of the first period that are charged, and all of its days; null where it is not cut by days. */
  readonly days: { readonly charged: number; readonly all: number } | null
}

/** What a service level promises, and what of a month's fee is credited when it is missed. */
export type ServiceLevel = {
  readonly availabilityPercent: string | null
  readonly responseHours: number | null
  readonly missCreditPercent: string | null
}

/** What can be taken beside the plan, or comes with it; prices as its `tax` says, none for what comes with it. */
export type QuoteOption = {
  readonly code: string
  readonly name: string
  readonly isIncluded: boolean
  readonly isChosen: boolean
  readonly setup: Money | null
  readonly monthly: Money | null
  readonly tax: PriceTax
  /** What a service level promises; null for anything else. Percents as decimal texts. */
  readonly level: ServiceLevel | null
}

/** What an order will cost, priced by the server with the rules that will bill it. */
export type OrderQuote = {
  readonly lines: readonly QuoteLine[]
  readonly options: readonly QuoteOption[]
  /** What is taken off the first invoice, in order of application: by agreement or by a code. */
  readonly discounts: readonly { readonly name: string; readonly amount: Money }[]
  /** Of the lines, null when they have several, and whether their amounts include it. */
  readonly tax: { readonly percent: string | null; readonly behaviour: PriceTax['behaviour'] }
  /** Why that rate: the buyer's country, a valid VAT id abroad, or a sale outside the tax area. */
  readonly taxReason: 'standard' | 'reverse-charge' | 'outside-scope'
  /** The most a month costs without discounts: net, tax, both. */
  readonly monthlyNet: Money
  readonly monthlyTax: Money
  readonly monthlyTotal: Money
  /** Twelve times that, without setup. */
  readonly yearlyTotal: Money
  /** Setup and the first period, discounts taken off: the first invoice, save for usage that is not stated. */
  readonly firstNet: Money
  readonly firstTax: Money
  readonly firstTotal: Money
  readonly dueToday: Money
}
