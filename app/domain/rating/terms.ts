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

/**
 * What a subscription was over `[startsAt, endsAt)`: its main product with what runs beside it, made of its dated items.
 * An upgrade ends one phase and begins the next.
 */
export type SubscriptionPhase = {
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly productId: string
  /** Products of its bundle, add-ons and included ones: their prices come after those of `productId`, in this order. */
  readonly memberProductIds?: readonly string[]
  /** The price version the products' prices are kept from; without one the newest applies. */
  readonly priceVersionId?: string | null
}

/** What rating needs to know of a subscription. */
export type RatedSubscription = {
  readonly id: string
  readonly productId: string
  readonly startsAt: Date
  /** Null or left out while it runs on. */
  readonly endsAt?: Date | null
  /** Its phases in order of time; without them it is `productId` throughout. Usage outside of all belongs to the nearest one before. */
  readonly phases?: readonly SubscriptionPhase[]
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
  /** The subscriptions of the usage, by id. */
  readonly subscriptions: ReadonlyMap<string, RatedSubscription>
  /** All subscriptions of the contract, which share pooled allowances; without them those of the usage count. */
  readonly pool?: readonly RatedSubscription[]
  /** Codes of the seller's own meters of which the greatest sample of a month counts. */
  readonly sampledMeters?: ReadonlySet<string>
}

export type RefusalReason = 'no-price' | 'unit-mismatch'
export type RefusedUsage = { readonly usageId: string; readonly reason: RefusalReason }
