import type Stripe from 'stripe'
import { type Money, zero } from '#app/domain/money/money.ts'
import type { DeclineCode, GatewayPayment, GatewayPaymentState, SavedMethod } from '#app/ports/payment-gateway.ts'
import { stripeMoney } from './stripe-amounts.ts'
import { declineOf } from './stripe-errors.ts'

/** What has to be fetched along with an intent for it to be told in full. */
export const intentParts = ['latest_charge.balance_transaction', 'payment_method']
export const setupParts = ['payment_method']

type Page = Stripe.Checkout.Session | null

/** A payment as it stands; `page` is the one it began on. A declined payer may try again while the page is open. */
export function paymentOf(intent: Stripe.PaymentIntent, page: Page): GatewayPayment {
  const currency = intent.currency
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null
  const state = stateOf(intent, page)
  return {
    ref: intent.id,
    checkoutRef: page?.id ?? null,
    attemptId: intent.metadata.attempt_id ?? '',
    state,
    amount: stripeMoney(intent.amount, currency),
    captured: stripeMoney(intent.amount_received, currency),
    refunded: stripeMoney(charge?.amount_refunded ?? 0, currency),
    failure: failureOf(state, intent),
    actionUrl: state === 'action-required' ? (intent.next_action?.redirect_to_url?.url ?? null) : null,
    savedMethod: intent.setup_future_usage && isSecured(state) ? savedMethodOf(intent.payment_method, intent.customer) : null,
    fee: feeOf(charge, currency),
  }
}

/** A page on which nobody has begun to pay. */
export function untouchedPage(page: Stripe.Checkout.Session): GatewayPayment {
  const currency = page.currency ?? page.metadata?.currency ?? ''
  const amount = stripeMoney(page.amount_total ?? 0, currency)
  const nothing = zero(amount.currency)
  return {
    ref: null,
    checkoutRef: page.id,
    attemptId: page.client_reference_id ?? '',
    state: page.status === 'expired' ? 'cancelled' : 'waiting-for-payer',
    amount,
    captured: nothing,
    refunded: nothing,
    failure: null,
    actionUrl: null,
    savedMethod: null,
    fee: null,
  }
}

const setupStates: Readonly<Record<string, GatewayPaymentState>> = {
  succeeded: 'captured',
  processing: 'processing',
  canceled: 'cancelled',
  requires_action: 'action-required',
}

/** The saving of a way to pay, told as a payment of nothing: `captured` once it is saved. */
export function setupOf(setup: Stripe.SetupIntent, page: Page): GatewayPayment {
  const nothing = zero((setup.metadata?.currency ?? '').toUpperCase())
  const declined = setup.last_setup_error ? 'failed' : 'waiting-for-payer'
  const closed = page?.status === 'expired' ? 'cancelled' : declined
  const state = page?.status === 'open' ? 'waiting-for-payer' : (setupStates[setup.status] ?? closed)
  return {
    ref: setup.id,
    checkoutRef: page?.id ?? null,
    attemptId: setup.metadata?.attempt_id ?? '',
    state,
    amount: nothing,
    captured: nothing,
    refunded: nothing,
    failure: state === 'failed' && setup.last_setup_error ? declineOf(setup.last_setup_error) : null,
    actionUrl: null,
    savedMethod: isSecured(state) ? savedMethodOf(setup.payment_method, setup.customer) : null,
    fee: null,
  }
}

const plainStates: Readonly<Record<string, GatewayPaymentState>> = {
  succeeded: 'captured',
  processing: 'processing',
  requires_capture: 'authorised',
  canceled: 'cancelled',
}

function stateOf(intent: Stripe.PaymentIntent, page: Page): GatewayPaymentState {
  const plain = plainStates[intent.status]
  if (plain) return plain
  if (page?.status === 'open') return 'waiting-for-payer'
  if (intent.status === 'requires_action') return 'action-required'
  if (page?.status === 'expired') return 'cancelled'
  return intent.status === 'requires_payment_method' && intent.last_payment_error ? 'failed' : 'waiting-for-payer'
}

function failureOf(state: GatewayPaymentState, intent: Stripe.PaymentIntent): DeclineCode | null {
  if (state === 'failed') return intent.last_payment_error ? declineOf(intent.last_payment_error) : 'declined'
  return state === 'cancelled' && intent.cancellation_reason === 'abandoned' ? 'cancelled-by-payer' : null
}

function isSecured(state: GatewayPaymentState): boolean {
  return state === 'captured' || state === 'authorised' || state === 'processing'
}

type Expandable<T> = string | T | null

/** A saved way to pay as the port tells of it; null when it belongs to nobody, or is of a kind that is not kept. */
export function savedMethodOf(
  method: Expandable<Stripe.PaymentMethod>,
  customer: Expandable<Stripe.Customer | Stripe.DeletedCustomer>,
): SavedMethod | null {
  if (!method || typeof method === 'string' || !customer) return null
  const shared = { ref: method.id, customerRef: typeof customer === 'string' ? customer : customer.id }
  if (method.card) {
    const { brand, last4, exp_year, exp_month, fingerprint } = method.card
    const expiresOn = lastDayOf(exp_year, exp_month)
    return { ...shared, kind: 'card', label: wordsOf(brand), lastDigits: last4, expiresOn, fingerprint: fingerprint ?? null }
  }
  if (method.sepa_debit) return { ...shared, kind: 'sepa-debit', label: 'SEPA', lastDigits: method.sepa_debit.last4, expiresOn: null }
  return null
}

/** `american_express` as people write it. */
function wordsOf(brand: string): string {
  return brand.replaceAll('_', ' ').replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase())
}

/** A card is good to the end of its month. */
function lastDayOf(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}

/** Told in the payment's currency only: an account kept in another one pays its fee there. */
function feeOf(charge: Stripe.Charge | null, currency: string): Money | null {
  const movement = typeof charge?.balance_transaction === 'object' ? charge.balance_transaction : null
  return movement?.currency === currency ? stripeMoney(movement.fee, currency) : null
}
