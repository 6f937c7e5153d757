import type { Decimal } from '../money/decimal.ts'
import type { PriceRule } from '../pricing/price-rule.ts'
import type { ProrationPolicy } from '../proration/prorate.ts'
import type { BillingCycle } from '../time/billing-month.ts'
import type { Period } from '../time/period.ts'

/** Usage as mediated or handed down; quantities in the meter's unit with at most 12 decimals, negative for a correction. */
export type UsageToRate = {
  readonly id: string
  readonly meter: string
  readonly unit: string
  readonly quantity: Decimal
  readonly window: Period
  readonly resourceRef: string | null
  readonly subscriptionId: string | null
  /** Product of usage without a subscription; with one, the subscription's counts. */
  readonly productId: string | null
  readonly dimensions: Readonly<Record<string, string>>
}

/** What rating needs to know of a subscription. */
export type RatedSubscription = {
  readonly id: string
  readonly productId: string
  readonly startsAt: Date
  /** How the allowance of a month that begins before the subscription does is shortened. */
  readonly proration: ProrationPolicy
  /** Its own service months (anniversary); without it those of the contract. */
  readonly cycle?: BillingCycle
}

/** One contract's side of the prices, and nothing of any other's. */
export type RatingTerms = {
  readonly contractId: string
  readonly currency: string
  /** The contract's billing months, in the seller's zone. */
  readonly cycle: BillingCycle
  readonly rules: readonly PriceRule[]
  readonly subscriptions: ReadonlyMap<string, RatedSubscription>
}

export type RefusalReason = 'no-price' | 'unit-mismatch'
export type RefusedUsage = { readonly usageId: string; readonly reason: RefusalReason }
