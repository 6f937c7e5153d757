import type { ProductQuote } from '../catalog/quote-product.ts'
import type { QuotedFee } from '../catalog/quoted-fees.ts'
import { Decimal } from '../money/decimal.ts'
import { add, type Money, sum } from '../money/money.ts'
import { invariant } from '../shared/invariant.ts'
import { taxLines } from '../tax/tax-lines.ts'
import type { LocalDate } from '../time/local-date.ts'
import { applyDiscounts, type DiscountStep } from './apply-discounts.ts'
import { type Discount, type DiscountableLine, scopeOf } from './discount.ts'

/** A fee with the group of its product. */
export type DiscountableFee = Pick<QuotedFee, 'feeKind' | 'amount'> & { readonly productGroup: string | null }

export type DiscountQuoteInput = {
  readonly quote: Pick<ProductQuote, 'treatment' | 'orderNet'> &
    Partial<Pick<ProductQuote, 'behaviour'>> & { readonly fees: readonly DiscountableFee[] }
  readonly accountId: string
  readonly discounts: readonly Discount[]
  readonly at: Date
  /** The first day of the first period, in the seller's zone. */
  readonly on: LocalDate
}

/** What an order costs after discounts, before and after tax; `steps` in order of application. */
export type DiscountedQuote = {
  readonly steps: readonly DiscountStep[]
  readonly orderNet: Money
  readonly orderTax: Money
  readonly orderTotal: Money
}

/** Setup and first period of a quote after `discounts`, by the function that also makes the invoice; tax once on what is left. */
export function discountQuote(input: DiscountQuoteInput): DiscountedQuote {
  const { currency } = input.quote.orderNet
  const steps = applyDiscounts({ currency, lines: quotedLines(input), discounts: input.discounts })
  const off = sum(
    currency,
    steps.map(({ amount }) => amount),
  )
  const { fees, treatment, behaviour = 'exclusive' } = input.quote
  const amount = sum(currency, [...fees.map((fee) => fee.amount), off])
  const [line] = taxLines({ currency, behaviour, amounts: [{ amount, treatment }] })
  invariant(line, 'discountQuote: an amount has a tax')
  return { steps, orderNet: line.base, orderTax: line.tax, orderTotal: add(line.base, line.tax) }
}

/** The fees of a quote as lines of the first invoice; what costs nothing is nothing that a discount could take off. */
function quotedLines({ quote, accountId, at, on }: DiscountQuoteInput): DiscountableLine[] {
  const charged = quote.fees.filter(({ amount }) => amount.minor !== 0n)
  return charged.map((fee, index) => ({
    key: `${String(index).padStart(4, '0')}:${fee.feeKind}`,
    accountId,
    subscriptionId: null,
    productGroup: fee.productGroup,
    scope: scopeOf(fee.feeKind, false),
    meter: null,
    billedQuantity: new Decimal(1),
    amount: fee.amount,
    periodStart: at,
    billingPeriod: on,
    isCorrection: false,
  }))
}

/**
 * What a promotion is expected to cost over its whole life, for the budget of its campaign: what it takes off the order, and once
 * more off the recurring fees for each further period. Never below zero.
 */
export function expectedCost(step: DiscountStep, recurringShare: Money, periods: number | null): Money {
  const further = BigInt(Math.max(0, (periods ?? 1) - 1))
  const minor = -step.amount.minor + -recurringShare.minor * further
  return { minor: minor > 0n ? minor : 0n, currency: step.amount.currency }
}

/** What `step` takes off recurring fees of a quote. */
export function recurringShareOf(step: DiscountStep): Money {
  const shares = [...step.shares].filter(([key]) => key.endsWith(':recurring')).map(([, share]) => share)
  return sum(step.amount.currency, shares)
}
