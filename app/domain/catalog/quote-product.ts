import type { Decimal } from '../money/decimal.ts'
import { add, type Money } from '../money/money.ts'
import { isInForce, type PriceRule } from '../pricing/price-rule.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { TaxTreatment } from '../tax/determine-tax.ts'
import type { ProductTreatments } from '../tax/product-taxes.ts'
import { type TaxBehaviour, taxedTotal } from '../tax/tax-lines.ts'
import type { OrderedItem } from './bundle.ts'
import type { QuotedService } from './first-charges.ts'
import { membersOf, type QuotedFee, quotedFees } from './quoted-fees.ts'

/** What one product costs one buyer. "Monthly" is the most a month can cost, usage that is not stated left out. */
export type ProductQuote = {
  /** In order: setup, recurring fees, usage. What each costs the first time; together the order's net. */
  readonly fees: readonly QuotedFee[]
  /** Of everything but the products of `treatments`. */
  readonly treatment: TaxTreatment
  readonly treatments: ProductTreatments
  /** Whether the fees include tax. */
  readonly behaviour: TaxBehaviour
  readonly monthlyNet: Money
  readonly monthlyTax: Money
  readonly monthlyTotal: Money
  /** Setup and the first period of every fee: the part of it that is left, when it is known how periods are cut. */
  readonly orderNet: Money
  readonly orderTax: Money
  readonly orderTotal: Money
}

/** How much of a meter a buyer expects to use in a month. */
export type StatedUsage = {
  readonly meter: string
  readonly quantity: Decimal
  readonly dimensions?: Readonly<Record<string, string>>
}

export type QuoteInput = {
  readonly productId: string
  readonly rules: readonly PriceRule[]
  readonly currency: string
  readonly treatment: TaxTreatment
  /** Of products that are taxed otherwise; there are none when left out. */
  readonly treatments?: ProductTreatments
  /** Whether prices include tax: then the gross stands and the net follows (B8). They do not when left out. */
  readonly behaviour?: TaxBehaviour
  readonly at: Date
  /** How many of the product; one when left out. */
  readonly quantity?: Decimal
  /** Products that it contains, by precedence: their usage prices apply too. */
  readonly memberProductIds?: readonly string[]
  /** What is ordered with it: parts it includes, at no charge, and options at their own prices. */
  readonly parts?: readonly OrderedItem[]
  /** How the first service period is cut, which begins at `at`; without it a whole one is quoted. */
  readonly service?: QuotedService
  /** What is expected to be used; meters that are not named are left out, save hours, which run all month. */
  readonly usage?: readonly StatedUsage[]
}

/**
 * The quote of a product by the same rules that will bill it: setup and recurring fees in force at `at`, hourly prices
 * with their cap, what a price costs without any use, and the usage that is stated. Each fee is rounded once, tax once
 * per rate on their sum. A product nothing is charged for is `no-price`.
 * @throws InvariantError when a rule is in another currency.
 */
export function quoteProduct(input: QuoteInput): Result<ProductQuote, 'no-price'> {
  const { rules, currency, treatment, treatments = new Map(), at, behaviour = 'exclusive' } = input
  const fees = quotedFees({ ...input, rules: rules.filter((rule) => concerns(rule, input) && isInForce(rule, at.getTime())) })
  if (fees.length === 0) return err('no-price')

  const taxed = (pick: (fee: QuotedFee) => Money) =>
    taxedTotal({
      currency,
      behaviour,
      amounts: fees.map((fee) => ({ amount: pick(fee), treatment: treatments.get(fee.productId) ?? treatment })),
    })
  const monthly = taxed((fee) => fee.monthly)
  const order = taxed((fee) => fee.amount)
  return ok({
    fees,
    treatment,
    treatments,
    behaviour,
    monthlyNet: monthly.net,
    monthlyTax: monthly.tax,
    monthlyTotal: add(monthly.net, monthly.tax),
    orderNet: order.net,
    orderTax: order.tax,
    orderTotal: add(order.net, order.tax),
  })
}

function concerns({ productId }: PriceRule, input: QuoteInput): boolean {
  return productId === input.productId || productId === null || membersOf(input).includes(productId)
}
