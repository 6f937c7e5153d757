import type { Decimal } from '../money/decimal.ts'
import { add, fromDecimal, type Money, sum, zero } from '../money/money.ts'
import { isInForce, type PriceRule } from '../pricing/price-rule.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { TaxTreatment } from '../tax/determine-tax.ts'
import { taxLines } from '../tax/tax-lines.ts'

/** Meters that run for as long as the server does: their price per hour is part of what a server costs. */
const hourlyMeters: ReadonlySet<string> = new Set(['server.running', 'server.allocated'])

/** Hours of the longest month without a clock change: an uncapped hourly price never costs more. */
const longestMonthHours = 744

export type QuotedFee = {
  readonly feeKind: 'setup' | 'recurring' | 'usage'
  /** Price of an hour, for what is charged by the hour. */
  readonly hourly: Decimal | null
  /** The fee once, or the most it costs in a month. Before tax. */
  readonly amount: Money
}

/** What one product costs one buyer. "Monthly" is the most a month can cost, traffic above the allowance left out. */
export type ProductQuote = {
  readonly fees: readonly QuotedFee[]
  readonly treatment: TaxTreatment
  readonly monthlyNet: Money
  readonly monthlyTax: Money
  readonly monthlyTotal: Money
  /** Setup and the first month. */
  readonly orderNet: Money
  readonly orderTax: Money
  readonly orderTotal: Money
}

export type QuoteInput = {
  readonly productId: string
  readonly rules: readonly PriceRule[]
  readonly currency: string
  readonly treatment: TaxTreatment
  readonly at: Date
}

/**
 * The quote of a product by the same rules that will bill it: setup and recurring fees in force at `at`, and hourly
 * prices with their cap. Each fee is rounded once, tax once on their sum. A product nothing is charged for is `no-price`.
 * @throws InvariantError when a rule is in another currency.
 */
export function quoteProduct({ productId, rules, currency, treatment, at }: QuoteInput): Result<ProductQuote, 'no-price'> {
  const own = rules.filter((rule) => rule.productId === productId && isInForce(rule, at.getTime()))
  const fees = own.flatMap((rule) => quotedFee(rule, currency))
  if (fees.length === 0) return err('no-price')

  const setup = total(
    currency,
    fees.filter((fee) => fee.feeKind === 'setup'),
  )
  const monthlyNet = total(
    currency,
    fees.filter((fee) => fee.feeKind !== 'setup'),
  )
  const orderNet = add(setup, monthlyNet)
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

function quotedFee(rule: PriceRule, currency: string): QuotedFee[] {
  const { feeKind } = rule
  if (feeKind === 'renewal' || feeKind === 'cancellation') return []
  if (feeKind !== 'usage') return [{ feeKind, hourly: null, amount: fromDecimal(rule.unitPrice, currency) }]
  if (rule.meter === null || !hourlyMeters.has(rule.meter) || rule.unitPrice.isZero()) return []
  const most = rule.cap ?? rule.unitPrice.times(longestMonthHours)
  return [{ feeKind: 'usage', hourly: rule.unitPrice, amount: fromDecimal(most, currency) }]
}

function total(currency: string, fees: readonly QuotedFee[]): Money {
  return sum(
    currency,
    fees.map((fee) => fee.amount),
  )
}

function taxOn(net: Money, treatment: TaxTreatment): Money {
  const [line] = taxLines({ currency: net.currency, behaviour: 'exclusive', amounts: [{ amount: net, treatment }] })
  return line?.tax ?? zero(net.currency)
}
