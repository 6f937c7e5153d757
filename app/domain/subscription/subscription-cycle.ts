import type { BillingCycle } from '../time/billing-month.ts'
import { localDateOf } from '../time/local-date.ts'

/** Where billing months begin: on the contract's day, or on the day of the month the subscription began. */
export type BillingAnchor = 'calendar' | 'anniversary'

export type CycleFacts = {
  readonly anchor: BillingAnchor
  /** The contract's billing day, 1 to 31. */
  readonly billingDay: number
  /** The issuer's zone. */
  readonly zone: string
  readonly startsAt: Date
}

/** The billing months of a contract: those of the calendar, or from its billing day on. */
export function contractMonths(
  contract: { readonly billingAnchor: BillingAnchor; readonly billingDay: number },
  zone: string,
): BillingCycle {
  return { zone, anchorDay: contract.billingAnchor === 'calendar' ? 1 : contract.billingDay }
}

/** The service months of a subscription, in which its fees fall due and its allowances count. */
export function subscriptionCycle({ anchor, billingDay, zone, startsAt }: CycleFacts): BillingCycle {
  if (anchor === 'calendar') return { zone, anchorDay: billingDay }
  return { zone, anchorDay: Number(localDateOf(startsAt, zone).slice(-2)) }
}
