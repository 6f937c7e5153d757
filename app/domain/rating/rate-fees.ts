import type { BillingMode } from '../pricing/price-rule.ts'
import type { Period } from '../time/period.ts'
import type { RatedCharge } from './charge.ts'
import { type FeeInput, feeTargets } from './fee-targets.ts'

/**
 * In which span the service must begin for its fee to be on the invoice that closes `billingPeriod`. In arrears: in
 * the period itself. In advance: there, or at the very start of the next one. What was charged earlier comes up again
 * with the same source key and is not charged twice.
 */
export function feeSpan(mode: BillingMode, billingPeriod: Period): Period {
  if (mode === 'in-arrears') return billingPeriod
  return { start: billingPeriod.start, end: new Date(billingPeriod.end.getTime() + 1) }
}

/** The fees of a subscription that fall due in `span`, nothing of them charged before; see feeTargets. */
export function rateFees(input: FeeInput): RatedCharge[] {
  return feeTargets(input).flatMap(({ charge, isDue }) => (isDue ? charge : []))
}
