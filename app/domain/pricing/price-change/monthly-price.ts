import { quoteProduct } from '../../catalog/quote-product.ts'
import { Decimal } from '../../money/decimal.ts'
import { fromDecimal, type Money, sum } from '../../money/money.ts'
import type { ProrationPolicy } from '../../proration/prorate.ts'
import { rateFees } from '../../rating/rate-fees.ts'
import { type BillingCycle, billingMonthAt } from '../../time/billing-month.ts'
import type { Period } from '../../time/period.ts'
import { rulesThatCount } from '../contract-layers.ts'
import type { PriceRule } from '../price-rule.ts'

/** A subscription as far as its price of a whole month depends on it. */
export type MonthlySubscription = {
  readonly id: string
  readonly contractId: string
  readonly productId: string
  readonly quantity: Decimal
  readonly proration: ProrationPolicy
  readonly cycle: BillingCycle
  readonly currency: string
}

const untaxed = { category: 'O', rate: new Decimal(0), reason: 'seller-not-registered' } as const

/** The first service month of `cycle` that begins at `from` or later. */
export function firstWholeMonth(cycle: BillingCycle, from: Date): Period {
  const month = billingMonthAt(cycle, from)
  return month.start.getTime() === from.getTime() ? month : billingMonthAt(cycle, month.end)
}

/** What a whole month costs before tax: its recurring fees, and the most that a server charged by the hour can cost. */
export type MonthlyPrice = { readonly fees: Money; readonly hours: Money }

/**
 * What a whole month of the subscription costs before tax, other usage left out: the recurring fees as the billing run works them
 * out, each rounded once, and for a server charged by the hour the most its hours can cost. The month is the first that
 * begins at `from` or later.
 */
export function monthlyPrice(subscription: MonthlySubscription, prices: readonly PriceRule[], from: Date): MonthlyPrice {
  const { currency, productId, cycle } = subscription
  const month = firstWholeMonth(cycle, from)
  const rules = rulesThatCount(prices, month.start)
  const fees = rateFees({ subscription: { ...subscription, startsAt: month.start, endsAt: null }, rules, currency, span: month })
  const recurring = fees.filter((fee) => fee.feeKind === 'recurring').map((fee) => fromDecimal(fee.amount, currency))
  const quote = quoteProduct({ productId, rules, currency, treatment: untaxed, at: month.start })
  const hourly = quote.ok ? quote.value.fees.filter((fee) => fee.hourly !== null).map((fee) => fee.amount) : []
  return { fees: sum(currency, recurring), hours: sum(currency, hourly) }
}

/** The prices of a subscription that pins `priceVersionId`: those of that version, for as long as it likes. */
export function pinnedRules<Rule extends PriceRule>(rules: readonly Rule[], priceVersionId: string): Rule[] {
  const always = new Date(0)
  return rules.filter((rule) => rule.priceVersionId === priceVersionId).map((rule) => ({ ...rule, validFrom: always, validTo: null }))
}
