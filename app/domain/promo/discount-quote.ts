import type { ProductQuote } from '../catalog/quote-product.ts'
import type { QuotedFee } from '../catalog/quoted-fees.ts'
import { Decimal } from '../money/decimal.ts'
import { add, type Money, sum, zero } from '../money/money.ts'
import { taxedTotal } from '../tax/tax-lines.ts'
import type { LocalDate } from '../time/local-date.ts'
import { applyDiscounts, type DiscountStep } from './apply-discounts.ts'
import { type Discount, type DiscountableLine, scopeOf } from './discount.ts'

/** A fee with the group of its product. */
export type DiscountableFee = Pick<QuotedFee, 'feeKind' | 'amount'> &
  Partial<Pick<QuotedFee, 'productId'>> & { readonly productGroup: string | null }

export type DiscountQuoteInput = {
  readonly quote: Pick<ProductQuote, 'treatment' | 'orderNet'> &
    Partial<Pick<ProductQuote, 'behaviour' | 'treatments'>> & { readonly fees: readonly DiscountableFee[] }
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

/** Setup and first period of a quote after `discounts`, by the function that also makes the invoice; tax once per rate on what is left. */
export function discountQuote(input: DiscountQuoteInput): DiscountedQuote {
  const { currency } = input.quote.orderNet
  const lines = quotedLines(input)
  const steps = applyDiscounts({ currency, lines, discounts: input.discounts })
  const { fees, treatment, treatments, behaviour = 'exclusive' } = input.quote
  const charged = fees.filter(isCharged)
  const amounts = charged.map(({ productId, amount }, index) => {
    const taken = steps.map(({ shares }) => shares.get(lines[index]?.key ?? '') ?? zero(currency))
    return { amount: sum(currency, [amount, ...taken]), treatment: (productId && treatments?.get(productId)) || treatment }
  })
  const { net, tax } = taxedTotal({ currency, behaviour, amounts })
  return { steps, orderNet: net, orderTax: tax, orderTotal: add(net, tax) }
}

/** What costs nothing is nothing that a discount could take off. */
function isCharged({ amount }: DiscountableFee): boolean {
  return amount.minor !== 0n
}

/** The fees of a quote that are charged, as lines of the first invoice. */
function quotedLines({ quote, accountId, at, on }: DiscountQuoteInput): DiscountableLine[] {
  const charged = quote.fees.filter(isCharged)
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
