import { invariant } from '#app/domain/shared/invariant.ts'
import {
  type ChargeRequest,
  type CheckoutRequest,
  type GatewayPage,
  type GatewayPayment,
  GatewayRefused,
} from '#app/ports/payment-gateway.ts'
import type { OpenPaypal } from './paypal-account.ts'
import { paypalMoney } from './paypal-amounts.ts'
import { orders } from './paypal-client.ts'
import { type PaypalOrder, payerLink, paymentOfOrder } from './paypal-order.ts'

const locales: Readonly<Record<string, string>> = { de: 'de-DE', en: 'en-GB', fr: 'fr-FR', ar: 'ar-EG' }
const longestDescription = 127

/** The language of the gateway's page. */
export function localeOf(language: string): string {
  return locales[language] ?? 'en-GB'
}

/** Opens the gateway's page for one payment. */
export async function openCheckout(open: OpenPaypal, request: CheckoutRequest): Promise<GatewayPage> {
  const { returnTo, language, saves, customer } = request
  const vault = { store_in_vault: 'ON_SUCCESS', usage_type: 'MERCHANT' }
  const attributes = { ...(customer.ref && { customer: { id: customer.ref } }), ...(saves && { vault }) }
  const context = {
    return_url: returnTo.done,
    cancel_url: returnTo.cancelled,
    locale: localeOf(language),
    user_action: 'PAY_NOW',
    shipping_preference: 'NO_SHIPPING',
  }
  const paypal = { experience_context: context, ...((saves || customer.ref) && { attributes }) }
  const order = await createOrder(open, { ...request, kind: 'checkout', paypal })
  const url = payerLink(order)
  invariant(url, 'an order of the gateway has a page')
  return { ref: order.id, url }
}

/** Charges a saved PayPal account without its payer. */
export async function chargeSaved(open: OpenPaypal, request: ChargeRequest): Promise<GatewayPayment> {
  const credential = { payment_initiator: 'MERCHANT', usage: 'SUBSEQUENT', usage_pattern: 'UNSCHEDULED_POSTPAID' }
  const context = { return_url: request.returnTo.done, cancel_url: request.returnTo.cancelled }
  const paypal = { vault_id: request.methodRef, stored_credential: credential, experience_context: context }
  try {
    return paymentOfOrder(await createOrder(open, { ...request, kind: 'charge', paypal }))
  } catch (cause) {
    if (!(cause instanceof GatewayRefused)) throw cause
    return declined(request, cause)
  }
}

/** PayPal keeps nothing of a charge that was declined at once: the decline itself is the outcome. */
function declined({ attemptId, amount }: ChargeRequest, refusal: GatewayRefused): GatewayPayment {
  const { code } = refusal
  if (code === 'bad-credentials' || code === 'bad-request' || code === 'not-found' || code === 'already-done') throw refusal
  const nothing = { ...amount, minor: 0n }
  const gone = { ref: null, checkoutRef: null, actionUrl: null, savedMethod: null, fee: null }
  return { ...gone, attemptId, state: 'failed', amount, captured: nothing, refunded: nothing, failure: code }
}

type Wanted = Pick<CheckoutRequest, 'attemptId' | 'amount' | 'description' | 'captures'> & {
  readonly kind: 'checkout' | 'charge'
  readonly paypal: object
}

/** The attempt is the number of the invoice too: PayPal takes each number once, also after it has forgotten the key. */
function createOrder({ client }: OpenPaypal, { attemptId, amount, description, captures, kind, paypal }: Wanted): Promise<PaypalOrder> {
  const { path, verb, headers } = new orders.OrdersCreateRequest().prefer('return=representation')
  const unit = {
    reference_id: kind,
    custom_id: attemptId,
    invoice_id: attemptId,
    description: description.slice(0, longestDescription),
    amount: paypalMoney(amount),
  }
  const body = { intent: captures === 'now' ? 'CAPTURE' : 'AUTHORIZE', purchase_units: [unit], payment_source: { paypal } }
  return client.ask<PaypalOrder>({ path, verb, body, headers: { ...headers, 'PayPal-Request-Id': attemptId } })
}
