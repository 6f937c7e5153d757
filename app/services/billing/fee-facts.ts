import type { BillableContract, BillableSubscription } from '#app/db/documents/billing-facts.server.ts'
import type { SubscriptionItem } from '#app/db/subscriptions/subscription-items.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { ProrationPolicy } from '#app/domain/proration/prorate.ts'
import type { FeeSubscription } from '#app/domain/rating/fee-subscription.ts'
import { contractMonths, subscriptionCycle } from '#app/domain/subscription/subscription-cycle.ts'
import type { BillingCycle } from '#app/domain/time/billing-month.ts'
import type { Period } from '#app/domain/time/period.ts'

/** What the fees of some contracts are judged by. */
export type FeeScope = {
  readonly contracts: readonly BillableContract[]
  /** The seller's zone. */
  readonly zone: string
  /** What the invoice of a contract closes, as instants. */
  readonly periodOf: (contract: BillableContract) => Period
  /** In which span the fees of a contract fall due. */
  readonly spanOf: (contract: BillableContract) => Period
  /** Also what was charged by a price that was corrected since: of a re-rating. */
  readonly isRepricing?: boolean
}

export type FeeSubscriptionFacts = {
  readonly subscription: BillableSubscription
  readonly items: readonly SubscriptionItem[]
  readonly contract: Pick<BillableContract, 'billingAnchor' | 'billingDay'>
  readonly zone: string
}

/** A stored subscription as its fees see it. */
export function feeSubscription({ subscription, items, contract, zone }: FeeSubscriptionFacts): FeeSubscription {
  const { id, contractId, productId, startsAt, endsAt, trialEndsAt, cancelledAt, creditAt, hasSetupOnChange, billingAnchor } = subscription
  return {
    id,
    contractId,
    productId,
    startsAt,
    endsAt,
    trialEndsAt,
    cancelledAt,
    quantity: new Decimal(1),
    proration: prorationOf(subscription.proration),
    cycle: serviceCycle(subscription, contract, zone),
    isAnniversary: (billingAnchor ?? contract.billingAnchor) === 'anniversary',
    creditAt: creditAt === 'at-renewal' ? 'at-renewal' : 'now',
    hasSetupOnChange: hasSetupOnChange ?? false,
    ...(items.length > 0 ? { items } : {}),
  }
}

/** The subscription's own anniversary, or the months of its contract: those of the calendar begin on the first. */
export function serviceCycle(
  { billingAnchor, startsAt }: Pick<BillableSubscription, 'billingAnchor' | 'startsAt'>,
  contract: Pick<BillableContract, 'billingAnchor' | 'billingDay'>,
  zone: string,
): BillingCycle {
  if (billingAnchor) return subscriptionCycle({ anchor: billingAnchor, billingDay: 1, zone, startsAt })
  return contractMonths(contract, zone)
}

/** The policy a plan names; by the second when it names none (B17). */
export function prorationOf(policy: string | null): ProrationPolicy {
  return policy === 'none' || policy === 'day' ? policy : 'second'
}
