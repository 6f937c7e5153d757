import { disputeOfEvent } from '../disputes/dispute-of-event.server.ts'
import { payoutOfEvent } from '../gateway-payouts/read-gateway-payouts.server.ts'
import { refundOfEvent } from '../refunds/refund-of-event.server.ts'
import type { EventHandler, EventKind } from './event-handler.ts'
import { methodOfEvent } from './method-of-event.server.ts'
import { settlePaymentOfEvent } from './settle-payment-of-event.server.ts'

/** Who takes in what, by what an event is about. What nobody takes in is ignored. */
export const eventHandlers: { readonly [K in EventKind]?: EventHandler<K> } = {
  payment: settlePaymentOfEvent,
  refund: refundOfEvent,
  dispute: disputeOfEvent,
  payout: payoutOfEvent,
  method: methodOfEvent,
}
