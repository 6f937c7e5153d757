import { invariant } from '../shared/invariant.ts'
import { type BillingCycle, billingMonthAt } from '../time/billing-month.ts'

/** The instant at which the `periods`-th billing period since `startsAt` ends; the one that `startsAt` falls into counts. */
export function endOfPeriods(cycle: BillingCycle, startsAt: Date, periods: number): Date {
  invariant(Number.isInteger(periods) && periods > 0, 'endOfPeriods: periods are whole and at least one')
  let { end } = billingMonthAt(cycle, startsAt)
  for (let done = 1; done < periods; done += 1) end = billingMonthAt(cycle, end).end
  return end
}
