import type { Money } from '#app/domain/money/money.ts'
import { type GatewayPayment, type GatewayRefund, GatewayRefused, type RefundRequest } from '#app/ports/payment-gateway.ts'
import type { OpenPaypal } from './paypal-account.ts'
import { moneyOfPaypal, paypalMoney } from './paypal-amounts.ts'
import { payments } from './paypal-client.ts'
import { type PaypalOrder, type PaypalRefund, paymentOfOrder, unitOf } from './paypal-order.ts'
import { orderOfPayment } from './paypal-read.ts'

export type CaptureRequest = { readonly attemptId: string; readonly paymentRef: string; readonly amount: Money }

/** Takes what was held, or a part of it; the rest is given back. */
export async function capture(open: OpenPaypal, { attemptId, paymentRef, amount }: CaptureRequest): Promise<GatewayPayment> {
  const request = new payments.AuthorizationsCaptureRequest(paymentRef).payPalRequestId(`${attemptId}-capture`)
  await open.client.ask({ ...request, body: { amount: paypalMoney(amount), final_capture: true } })
  return paymentOfOrder(await orderOf(open, paymentRef))
}

/** Gives back what was held. */
export async function voidPayment(open: OpenPaypal, { paymentRef }: Pick<CaptureRequest, 'paymentRef'>): Promise<GatewayPayment> {
  await open.client.ask({ ...new payments.AuthorizationsVoidRequest(paymentRef), body: {} })
  return paymentOfOrder(await orderOf(open, paymentRef))
}

/** Gives back a captured amount, or a part of it. */
export async function refund({ client }: OpenPaypal, { refundId, paymentRef, amount }: RefundRequest): Promise<GatewayRefund> {
  const request = new payments.CapturesRefundRequest(paymentRef).payPalRequestId(refundId).prefer('return=representation')
  const body = { amount: paypalMoney(amount), custom_id: refundId }
  return refundOf(await client.ask<PaypalRefund>({ ...request, body }))
}

/** Refunds of a payment, also those made by hand. */
export async function listRefunds(open: OpenPaypal, paymentRef: string): Promise<GatewayRefund[]> {
  const { payments: moved } = unitOf(await orderOf(open, paymentRef))
  return (moved?.refunds ?? []).map(refundOf)
}

async function orderOf(open: OpenPaypal, paymentRef: string): Promise<PaypalOrder> {
  const order = await orderOfPayment(open, paymentRef)
  if (!order) throw new GatewayRefused('not-found')
  return order
}

const states: Readonly<Record<string, GatewayRefund['state']>> = { COMPLETED: 'done', FAILED: 'failed', CANCELLED: 'failed' }

function refundOf({ id, custom_id, status, amount }: PaypalRefund): GatewayRefund {
  return { ref: id, refundId: custom_id ?? '', state: states[status] ?? 'pending', amount: moneyOfPaypal(amount) }
}
