import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { paidForOrder } from '#app/db/orders/order-payments.server.ts'
import { requestRefund } from '../refunds/request-refund.server.ts'

/**
 * Gives back what was paid for an order that ended unfulfilled, in the way it came; what cannot go back that way stays the buyer's, to
 * be spent or paid out. Safe to repeat: an order is refunded once.
 */
export async function returnOrderPayment(ctx: TenantContext, orderId: string): Promise<void> {
  const paid = await paidForOrder(ctx, orderId)
  if (!paid) return
  const { paymentId, left } = paid
  const wish = { refundId: orderId, paymentId, amount: left, reason: 'order-not-fulfilled', invoiceId: null }
  const refund = await requestRefund(ctx, wish)
  if (refund.ok) return
  const detail = { paymentId, reason: refund.error }
  await audit(ctx, { action: 'order.payment-kept', subjectKind: 'order', subjectId: orderId, detail })
}
