import type { EventOutcome } from '#app/db/payments/gateway-events.server.ts'
import { attemptOfRefs } from '#app/db/payments/payment-attempts.server.ts'
import type { EventAbout } from './event-handler.ts'
import type { GatewayProcess } from './gateway-ports.server.ts'
import { settleAttempt } from './settle-attempt.server.ts'

/**
 * Settles the attempt that a gateway tells of. A payment that is none of ours is ignored; one whose sum or currency is not what we asked
 * for is refused. @throws when the gateway does not answer: the job asks again.
 */
export async function settlePaymentOfEvent(
  process: GatewayProcess,
  { gatewayAccountId, about }: EventAbout<'payment'>,
): Promise<EventOutcome> {
  const { attemptId: named, ref: paymentRef, checkoutRef } = about
  const attemptId = await process.inTenant((ctx) => attemptOfRefs(ctx, { gatewayAccountId, attemptId: named, paymentRef, checkoutRef }))
  if (!attemptId) return { state: 'ignored', problem: 'no-attempt' }
  const settled = await settleAttempt(process, attemptId)
  if (!settled.ok) throw new Error(`attempt ${attemptId}: ${settled.error}`)
  const { problem } = settled.value
  return { state: problem ? 'refused' : 'applied', attemptId, problem }
}
