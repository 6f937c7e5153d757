import type { Subscriber } from '#app/db/catalog/plan-migrations.server.ts'
import { subscriptionCycle } from '#app/domain/subscription/subscription-cycle.ts'
import { billingMonthAt } from '#app/domain/time/billing-month.ts'

export type AppliesRule = { readonly applies: 'now' | 'renewal' | 'date'; readonly effectiveAt: Date | null; readonly now: Date }
export type ServiceMonths = Pick<Subscriber, 'billingAnchor' | 'billingDay' | 'zone' | 'startedAt'>

/** When a subscription takes the new plan: at once, when its next service month begins, or on the date. */
export function appliesAt({ billingAnchor, billingDay, zone, startedAt }: ServiceMonths, { applies, effectiveAt, now }: AppliesRule): Date {
  if (applies === 'date' && effectiveAt) return effectiveAt
  if (applies === 'now') return now
  return billingMonthAt(subscriptionCycle({ anchor: billingAnchor, billingDay, zone, startsAt: startedAt }), now).end
}
