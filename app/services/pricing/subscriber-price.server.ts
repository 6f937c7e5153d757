import type { Subscriber } from '#app/db/plan-migrations.server.ts'
import type { Money } from '#app/domain/money/money.ts'
import { type MonthlySubscription, monthlyPrice, pinnedRules } from '#app/domain/pricing/price-change/monthly-price.ts'
import type { PriceRule } from '#app/domain/pricing/price-rule.ts'
import type { ProrationPolicy } from '#app/domain/proration/prorate.ts'
import { subscriptionCycle } from '#app/domain/subscription/subscription-cycle.ts'
import type { BillingCycle } from '#app/domain/time/billing-month.ts'

/** The service months of a subscriber. */
export function cycleOf({ billingAnchor, billingDay, zone, startedAt }: Subscriber): BillingCycle {
  return subscriptionCycle({ anchor: billingAnchor, billingDay, zone, startsAt: startedAt })
}

/** What a subscriber takes: the plan it is on, or another one. */
export type TakenPlan = { readonly productId: string; readonly priceVersionId: string | null; readonly proration: string | null }

/**
 * What a whole month costs the subscriber on `plan`, from the first month that begins at `from` or later. `pricesOf` answers
 * once for each plan, quantity and contract: thousands of subscribers share a handful of prices.
 */
export function openSubscriberPrices(rulesOf: (contractId: string) => readonly PriceRule[]) {
  const known = new Map<string, Money>()
  return (subscriber: Subscriber, plan: TakenPlan, from: Date): Money => {
    const subscription = monthlySubscription(subscriber, plan)
    const { zone, anchorDay } = subscription.cycle
    const key = [
      subscriber.contractId,
      plan.productId,
      plan.priceVersionId,
      subscription.quantity.toFixed(),
      zone,
      anchorDay,
      from.getTime(),
    ].join('|')
    const found = known.get(key)
    if (found) return found
    const rules = rulesOf(subscriber.contractId)
    const price = monthlyPrice(subscription, plan.priceVersionId ? pinnedRules(rules, plan.priceVersionId) : rules, from)
    known.set(key, price)
    return price
  }
}

function monthlySubscription(subscriber: Subscriber, plan: TakenPlan): MonthlySubscription {
  return {
    id: subscriber.subscriptionId,
    contractId: subscriber.contractId,
    productId: plan.productId,
    quantity: subscriber.quantity,
    proration: prorationOf(plan.proration),
    cycle: cycleOf(subscriber),
    currency: subscriber.currency,
  }
}

function prorationOf(policy: string | null): ProrationPolicy {
  return policy === 'none' || policy === 'day' ? policy : 'second'
}
