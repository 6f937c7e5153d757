import Stripe from 'stripe'
import type { Money } from '#app/domain/money/money.ts'
import type { ChargeRequest, GatewayPayment, GatewayRefund, RefundRequest } from '#app/ports/payment-gateway.ts'
import type { OpenStripe } from './stripe-account.ts'
import { stripeMoney, stripeUnits } from './stripe-amounts.ts'
import { gatewayErrorOf, told } from './stripe-errors.ts'
import { intentParts, paymentOf } from './stripe-payment.ts'
import { readIntent } from './stripe-read.ts'

/** Charges a saved way to pay. When the bank wants its customer, the same payment is prepared for the payer to confirm. */
export async function chargeSaved(open: OpenStripe, request: ChargeRequest): Promise<GatewayPayment> {
  const { attemptId, customerRef, methodRef, description, captures, returnTo } = request
  const params: Stripe.PaymentIntentCreateParams = {
    ...stripeUnits(request.amount),
    customer: customerRef,
    payment_method: methodRef,
    off_session: true,
    confirm: true,
    description,
    metadata: { attempt_id: attemptId },
    ...(captures === 'later' && { capture_method: 'manual' }),
    expand: intentParts,
  }
  const first = await orDeclined(open, () => open.stripe.paymentIntents.create(params, { idempotencyKey: attemptId }))
  if (first.failure !== 'authentication-required' || !first.ref) return first
  const { ref } = first
  const confirmation = { payment_method: methodRef, return_url: returnTo.done, expand: intentParts }
  return orDeclined(open, () => open.stripe.paymentIntents.confirm(ref, confirmation, { idempotencyKey: `${attemptId}-confirm` }))
}

/** A decline leaves a payment behind, and that is the outcome. */
async function orDeclined(open: OpenStripe, call: () => Promise<Stripe.PaymentIntent>): Promise<GatewayPayment> {
  try {
    return paymentOf(await call(), null)
  } catch (cause) {
    const left = cause instanceof Stripe.errors.StripeCardError ? cause.payment_intent : undefined
    if (!left) throw gatewayErrorOf(cause)
    // A repeated call finds the first answer; the payment may have gone on since.
    return paymentOf(await readIntent(open, left.id), null)
  }
}

export type CaptureRequest = { readonly attemptId: string; readonly paymentRef: string; readonly amount: Money }

/** Takes what was held, or a part of it; the rest is given back. */
export function capture(open: OpenStripe, { attemptId, paymentRef, amount }: CaptureRequest): Promise<GatewayPayment> {
  const params = { amount_to_capture: stripeUnits(amount).amount, expand: intentParts }
  const options = { idempotencyKey: `${attemptId}-capture` }
  return told(async () => paymentOf(await open.stripe.paymentIntents.capture(paymentRef, params, options), null))
}

/** Gives back what was held. */
export function voidPayment(open: OpenStripe, { attemptId, paymentRef }: Omit<CaptureRequest, 'amount'>): Promise<GatewayPayment> {
  const options = { idempotencyKey: `${attemptId}-void` }
  return told(async () => paymentOf(await open.stripe.paymentIntents.cancel(paymentRef, { expand: intentParts }, options), null))
}

/** Gives back a captured amount, or a part of it. */
export function refund({ stripe }: OpenStripe, { refundId, paymentRef, amount }: RefundRequest): Promise<GatewayRefund> {
  const params = { payment_intent: paymentRef, amount: stripeUnits(amount).amount, metadata: { refund_id: refundId } }
  return told(async () => refundOf(await stripe.refunds.create(params, { idempotencyKey: refundId })))
}

/** Refunds of a payment, newest first. */
export function listRefunds({ stripe }: OpenStripe, paymentRef: string): Promise<GatewayRefund[]> {
  return told(async () => (await stripe.refunds.list({ payment_intent: paymentRef, limit: 100 })).data.map(refundOf))
}

function refundOf({ id, metadata, status, amount, currency }: Stripe.Refund): GatewayRefund {
  const ended = status === 'failed' || status === 'canceled' ? 'failed' : 'pending'
  return {
    ref: id,
    refundId: metadata?.refund_id ?? '',
    state: status === 'succeeded' ? 'done' : ended,
    amount: stripeMoney(amount, currency),
  }
}
