import type { Decimal } from '../money/decimal.ts'
import { add, type Money, sum, zero } from '../money/money.ts'
import { isInForce, type PriceRule } from '../pricing/price-rule.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { TaxTreatment } from '../tax/determine-tax.ts'
import { taxLines } from '../tax/tax-lines.ts'
import { type QuotedFee, quotedFees } from './quoted-fees.ts'

/** What one product costs one buyer. "Monthly" is the most a month can cost, usage that is not stated left out. */
export type ProductQuote = {
  /** In order: setup, recurring fees, usage. What each costs the first time; together the order's net. */
  readonly fees: readonly QuotedFee[]
  readonly treatment: TaxTreatment
  readonly monthlyNet: Money
  readonly monthlyTax: Money
  readonly monthlyTotal: Money
  /** Setup and the first period of every fee. */
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
  readonly at: Date
  /** How many of the product; one when left out. */
  readonly quantity?: Decimal
  /** Products that it contains, by precedence: their usage prices apply too. */
  readonly memberProductIds?: readonly string[]
  /** What is expected to be used; meters that are not named are left out, save hours, which run all month. */
  readonly usage?: readonly StatedUsage[]
}

/**
 * The quote of a product by the same rules that will bill it: setup and recurring fees in force at `at`, hourly prices
 * with their cap, what a price costs without any use, and the usage that is stated. Each fee is rounded once, tax once
 * on their sum. A product nothing is charged for is `no-price`.
 * @throws InvariantError when a rule is in another currency.
 */
export function quoteProduct(input: QuoteInput): Result<ProductQuote, 'no-price'> {
  const { rules, currency, treatment, at } = input
  const fees = quotedFees({ ...input, rules: rules.filter((rule) => concerns(rule, input) && isInForce(rule, at.getTime())) })
  if (fees.length === 0) return err('no-price')

  const monthlyNet = total(currency, fees, (fee) => fee.monthly)
  const orderNet = total(currency, fees, (fee) => fee.amount)
  const monthlyTax = taxOn(monthlyNet, treatment)
  const orderTax = taxOn(orderNet, treatment)
  return ok({
    fees,
    treatment,
    monthlyNet,
    monthlyTax,
    monthlyTotal: add(monthlyNet, monthlyTax),
    orderNet,
    orderTax,
    orderTotal: add(orderNet, orderTax),
  })
}

function concerns({ productId }: PriceRule, { productId: own, memberProductIds }: QuoteInput): boolean {
  return productId === own || productId === null || memberProductIds?.includes(productId) === true
}

function total(currency: string, fees: readonly QuotedFee[], pick: (fee: QuotedFee) => Money): Money {
  return sum(currency, fees.map(pick))
}

function taxOn(net: Money, treatment: TaxTreatment): Money {
  const [line] = taxLines({ currency: net.currency, behaviour: 'exclusive', amounts: [{ amount: net, treatment }] })
  return line?.tax ?? zero(net.currency)
}
