import type { Subscriber } from '#app/db/catalog/plan-migrations.server.ts'
import { add, type Money } from '#app/domain/money/money.ts'
import { type MonthlyPrice, type MonthlySubscription, monthlyPrice, pinnedRules } from '#app/domain/pricing/price-change/monthly-price.ts'
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

/** What a whole month costs the subscriber on `plan`, hours at their most: see `openMonthlyPrices`. */
export function openSubscriberPrices() {
  const priceOf = openMonthlyPrices()
  return (question: PriceQuestion): Money => {
    const { fees, hours } = priceOf(question)
    return add(fees, hours)
  }
}

/**
 * Fees and hours of a whole month of the subscriber on `plan`, from the first month that begins at `from` or later. The same prices,
 * plan and quantity are worked out once: thousands of subscribers share a handful of them.
 */
export function openMonthlyPrices() {
  const known = new WeakMap<readonly PriceRule[], Map<string, MonthlyPrice>>()
  return ({ subscriber, plan, rules, from }: PriceQuestion): MonthlyPrice => {
    const subscription = monthlySubscription(subscriber, plan)
    const { zone, anchorDay } = subscription.cycle
    const key = [
      plan.productId,
      plan.priceVersionId,
      plan.proration,
      subscription.quantity.toFixed(),
      zone,
      anchorDay,
      from.getTime(),
    ].join('|')
    const prices = known.get(rules) ?? new Map<string, MonthlyPrice>()
    known.set(rules, prices)
    const found = prices.get(key)
    if (found) return found
    const price = monthlyPrice(subscription, plan.priceVersionId ? pinnedRules(rules, plan.priceVersionId) : rules, from)
    prices.set(key, price)
    return price
  }
}

export type PriceQuestion = {
  readonly subscriber: Subscriber
  readonly plan: TakenPlan
  /** The prices of the subscriber's contract. */
  readonly rules: readonly PriceRule[]
  readonly from: Date
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
