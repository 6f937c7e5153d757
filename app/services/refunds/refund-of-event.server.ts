import type { EventOutcome } from '#app/db/payments/gateway-events.server.ts'
import { attemptOfRefs } from '#app/db/payments/payment-attempts.server.ts'
import type { EventAbout } from '../gateways/event-handler.ts'
import type { GatewayProcess } from '../gateways/gateway-ports.server.ts'
import { settleAttempt } from '../gateways/settle-attempt.server.ts'
import { readRefundsOf } from './send-refund.server.ts'

/**
 * Takes in what went back of the payment that a gateway tells of, made here or there by hand; the payment first, when its own event did not
 * come yet. @throws when the gateway does not answer: the job asks again.
 */
export async function refundOfEvent(process: GatewayProcess, { gatewayAccountId, about }: EventAbout<'refund'>): Promise<EventOutcome> {
  const refs = { gatewayAccountId, paymentRef: about.paymentRef, attemptId: null, checkoutRef: null }
  const attemptId = await process.inTenant((ctx) => attemptOfRefs(ctx, refs))
  if (!attemptId) return { state: 'ignored', problem: 'no-attempt' }
  await settleAttempt(process, attemptId)
  await readRefundsOf(process, attemptId)
  return { state: 'applied', attemptId }
}
