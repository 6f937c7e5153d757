import type { Decimal } from '../money/decimal.ts'
import type { ProrationPolicy } from '../proration/prorate.ts'
import type { BillingCycle } from '../time/billing-month.ts'

/** A part of a subscription over `[startsAt, endsAt)`: a product, how many, at which prices. */
export type FeeItem = {
  readonly productId: string
  readonly role: 'main' | 'add-on' | 'included'
  readonly quantity: Decimal
  readonly startsAt: Date
  readonly endsAt: Date | null
  /** The price version it keeps; null: the newest at the start of each service period. */
  readonly priceVersionId: string | null
  /** How its own plan prorates; without it, as the subscription does. */
  readonly proration?: ProrationPolicy
  /** It began with the renewal of a fixed term. */
  readonly isRenewal?: boolean
}

/** A subscription as its fees see it, over `[startsAt, endsAt)`. */
export type FeeSubscription = {
  readonly id: string
  readonly contractId: string
  /** The product it has now; without items, the product it had all the time. */
  readonly productId: string
  readonly quantity: Decimal
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly proration: ProrationPolicy
  /** The subscription's service months: the contract's, or its own by anniversary. */
  readonly cycle: BillingCycle
  /** Its dated parts; without them it is `productId`, `quantity` times, throughout. */
  readonly items?: readonly FeeItem[]
  /** Longer periods are counted from its start, not from January. */
  readonly isAnniversary?: boolean
  /** Until then no recurring fee is due. */
  readonly trialEndsAt?: Date | null
  /** The buyer ended it then, before its term was over; null: nobody did. */
  readonly cancelledAt?: Date | null
  /** When less is owed than was charged: credited at once, or when the service period is over. */
  readonly creditAt?: 'now' | 'at-renewal'
  /** Another main product costs its own setup fee again. */
  readonly hasSetupOnChange?: boolean
}

/** The items of a subscription in order of time, never outside of its own span. */
export function itemsOf(subscription: FeeSubscription): readonly FeeItem[] {
  const { productId, quantity, startsAt, endsAt } = subscription
  if (!subscription.items) return [{ productId, quantity, startsAt, endsAt, role: 'main', priceVersionId: null }]
  const ordered = [...subscription.items].sort(
    (a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.productId < b.productId ? -1 : 1),
  )
  return ordered.map((item) => ({ ...item, endsAt: earlier(item.endsAt, endsAt) }))
}

function earlier(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b
  return a.getTime() <= b.getTime() ? a : b
}
