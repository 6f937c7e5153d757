import { isInForce, type PriceRule } from '../pricing/price-rule.ts'
import type { BillingCycle } from '../time/billing-month.ts'
import type { Period } from '../time/period.ts'
import { servicePeriodAt } from '../time/service-period.ts'
import { type BillingAnchor, contractMonths, subscriptionCycle } from './subscription-cycle.ts'

/** Where the service periods of a subscription begin: by its own anchor, or as its contract says. */
export type AnchorFacts = {
  readonly startedAt: Date
  readonly billingAnchor: BillingAnchor | null
  readonly contractAnchor: BillingAnchor
  readonly contractDay: number
  /** The seller's. */
  readonly zone: string
}

/** The service months of a subscription: its own, or those of its contract, which by the calendar begin on the first. */
export function serviceMonths({ billingAnchor, contractAnchor, contractDay, zone, startedAt }: AnchorFacts): BillingCycle {
  if (billingAnchor) return subscriptionCycle({ anchor: billingAnchor, billingDay: 1, zone, startsAt: startedAt })
  return contractMonths({ billingAnchor: contractAnchor, billingDay: contractDay }, zone)
}

/** The service period of the recurring fee of `productId` that `at` falls into: a month, unless its price names another interval. */
export function feePeriodAt(
  facts: AnchorFacts,
  { rules, productId, at }: { readonly rules: readonly PriceRule[]; readonly productId: string; readonly at: Date },
): Period {
  const own = rules.filter((rule) => rule.feeKind === 'recurring' && rule.productId === productId && isInForce(rule, at.getTime()))
  const interval = own.toSorted((a, b) => a.layer - b.layer)[0]?.interval ?? { unit: 'month', count: 1 }
  const anchor = (facts.billingAnchor ?? facts.contractAnchor) === 'anniversary' ? facts.startedAt : null
  return servicePeriodAt({ cycle: serviceMonths(facts), interval, anchor, at })
}
