import type { EventOutcome } from '#app/db/payments/gateway-events.server.ts'
import { attemptOfRefs } from '#app/db/payments/payment-attempts.server.ts'
import type { EventAbout } from '../gateways/event-handler.ts'
import type { GatewayProcess } from '../gateways/gateway-ports.server.ts'
import { settleAttempt } from '../gateways/settle-attempt.server.ts'
import { readRefundsOf } from '../refunds/send-refund.server.ts'
import { readDisputeAtGateway } from './read-dispute.server.ts'

/**
 * Takes in the dispute that a gateway tells of; the payment first, when its own event did not come yet, and what was given back of it
 * afterwards. @throws when the gateway does not answer: the job asks again.
 */
export async function disputeOfEvent(process: GatewayProcess, { gatewayAccountId, about }: EventAbout<'dispute'>): Promise<EventOutcome> {
  const { ref: disputeRef, paymentRef } = about
  const refs = { gatewayAccountId, paymentRef, attemptId: null, checkoutRef: null }
  const attemptId = await process.inTenant((ctx) => attemptOfRefs(ctx, refs))
  if (!attemptId) return { state: 'ignored', problem: 'no-attempt' }
  await settleAttempt(process, attemptId)
  const taken = await readDisputeAtGateway(process, { gatewayAccountId, disputeRef, paymentRef })
  if (!taken.ok) return { state: 'refused', attemptId, problem: taken.error }
  await readRefundsOf(process, attemptId)
  return { state: 'applied', attemptId }
}
