import { isFinished } from '#app/domain/payment-attempt/attempt-state.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { type AttemptView, readAttemptView } from '#app/reports/paying/query.server.ts'
import { settleAttempt } from '#app/services/gateways/settle-attempt.server.ts'
import { deskOf } from '#app/web/desks/pay-desk.server.ts'
import { filterOf, idOf, oneOf } from '#app/web/request/filters.ts'
import { asOrderReader, type OrderReader } from '#app/web/store/order-reader.server.ts'

/** One try to pay an order, and the gateway's page where the payer is sent on to it. */
export type AttemptOfOrder = Pick<AttemptView, 'state' | 'failureCode'> & { readonly goTo: string | null }

/** The try to pay that the address names. Who comes from the gateway, or waits for an outcome, sees what the gateway says now. */
export async function attemptOf(request: Request, reader: OrderReader): Promise<AttemptOfOrder | null> {
  const attemptId = idOf(filterOf(request).get('attempt'))
  const from = oneOf(['form', 'gateway', 'cancelled'], filterOf(request).get('from'))
  const read = () => (attemptId ? asOrderReader(reader, (ctx) => readAttemptView(ctx, attemptId)) : null)
  const known = await read()
  if (!attemptId || known?.orderId !== reader.orderId) return null
  const isAsked = !isFinished(known.state) && (from === 'gateway' || from === 'cancelled' || known.isUnderWay || known.state === 'unknown')
  if (isAsked) await settleAttempt((await deskOf(request, systemActor('order page'))).process, attemptId)
  const attempt = (isAsked ? await read() : known) ?? known
  // A page of the gateway may not be opened by the answer to a form: the browser's policy for forms holds on the way there, too.
  const isSentOn = from === 'form' && (attempt.state === 'pending' || attempt.state === 'action-required') && !attempt.isUnderWay
  return { state: attempt.state, failureCode: attempt.failureCode, goTo: isSentOn ? attempt.redirectUrl : null }
}
