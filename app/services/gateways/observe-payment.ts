import type { PaymentAttempt } from '#app/db/payments/payment-attempts.server.ts'
import type { AttemptState } from '#app/domain/payment-attempt/attempt-state.ts'
import { isNeverArriving, isPageOver } from '#app/domain/payment-attempt/deadline.ts'
import type { Observation } from '#app/domain/payment-attempt/observation.ts'
import type { GatewayPayment, GatewayPaymentState } from '#app/ports/payment-gateway.ts'

const states: Readonly<Record<GatewayPaymentState, AttemptState>> = {
  'waiting-for-payer': 'pending',
  'action-required': 'action-required',
  processing: 'pending',
  authorised: 'authorised',
  captured: 'captured',
  failed: 'failed',
  cancelled: 'cancelled',
}

/**
 * What a gateway says of an attempt, in the words of our states. A page that was closed after its time has expired; an attempt that the
 * gateway has never heard of is not judged before nothing of it can be under way any more.
 */
export function observationOf(attempt: PaymentAttempt, seen: GatewayPayment | null, now: Date): Observation {
  const { id, amount, captured } = attempt
  if (seen === null) return { attemptId: id, state: absentState(attempt, now), amount, captured }
  const state = states[seen.state]
  const isExpired = state === 'cancelled' && seen.failure === null && isPageOver(attempt, now)
  return { attemptId: seen.attemptId, state: isExpired ? 'expired' : state, amount: seen.amount, captured: seen.captured }
}

function absentState(attempt: PaymentAttempt, now: Date): AttemptState {
  if (!isNeverArriving(attempt, now)) return attempt.state
  return attempt.kind === 'off-session' ? 'failed' : 'expired'
}
