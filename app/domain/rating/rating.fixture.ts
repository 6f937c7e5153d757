import { Decimal } from '../money/decimal.ts'
import { type PriceRule, plainRule } from '../pricing/price-rule.ts'
import type { RatedSubscription, RatingTerms, UsageToRate } from './terms.ts'

/** A price per GB of outgoing traffic, 0.10, nothing included, valid from 2026 on; `changes` makes it another. */
export function priceRule(changes: Partial<PriceRule> = {}): PriceRule {
  return plainRule({
    id: 'rule-1',
    priceVersionId: 'version-1',
    feeKind: 'usage',
    productId: null,
    meter: 'traffic.sent',
    unit: 'GB',
    unitPrice: new Decimal('0.10'),
    validFrom: new Date('2026-01-01T00:00:00Z'),
    ...changes,
  })
}

/** A contract in EUR with calendar months of Vienna. */
export function ratingTerms(changes: Partial<RatingTerms> = {}): RatingTerms {
  return {
    contractId: 'contract-1',
    currency: 'EUR',
    cycle: { zone: 'Europe/Vienna', anchorDay: 1 },
    rules: [priceRule()],
    subscriptions: new Map(),
    ...changes,
  }
}

/** Subscriptions by id, as rating takes them. */
export function subscriptionsOf(...subscriptions: RatedSubscription[]): ReadonlyMap<string, RatedSubscription> {
  return new Map(subscriptions.map((subscription) => [subscription.id, subscription]))
}

/** 1 GB of outgoing traffic in one hour of 10 June 2026. */
export function trafficUsage(changes: Partial<UsageToRate> = {}): UsageToRate {
  return {
    id: 'usage-1',
    meter: 'traffic.sent',
    unit: 'GB',
    quantity: new Decimal(1),
    window: { start: new Date('2026-06-10T10:00:00Z'), end: new Date('2026-06-10T11:00:00Z') },
    resourceRef: 'server-1',
    subscriptionId: null,
    productId: null,
    dimensions: {},
    ...changes,
  }
}
