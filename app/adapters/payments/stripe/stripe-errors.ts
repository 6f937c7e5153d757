import Stripe from 'stripe'
import { type DeclineCode, GatewayRefused, GatewayUnknown } from '#app/ports/payment-gateway.ts'

const rows = {
  'insufficient-funds': 'insufficient_funds',
  'expired-card': 'expired_card invalid_expiry_month invalid_expiry_year',
  'wrong-security-code': 'incorrect_cvc invalid_cvc',
  'wrong-number': 'incorrect_number invalid_number invalid_account incorrect_zip incorrect_address',
  'lost-or-stolen': 'lost_card stolen_card pickup_card',
  'limit-exceeded': 'card_velocity_exceeded withdrawal_count_limit_exceeded payment_intent_payment_attempt_limit_exceeded amount_too_large',
  'not-supported':
    'card_not_supported currency_not_supported transaction_not_allowed service_not_allowed not_permitted restricted_card payment_method_currency_mismatch',
  'authentication-failed': 'payment_intent_authentication_failure setup_intent_authentication_failure',
  'authentication-required':
    'authentication_required authentication_not_handled approve_with_id offline_pin_required online_or_offline_pin_required',
  'fraud-suspected': 'fraudulent merchant_blacklist security_violation stop_payment_order highest_risk_level',
  'try-again-later':
    'processing_error issuer_not_available reenter_transaction try_again_later payment_method_provider_timeout lock_timeout',
  'bank-debit-refused':
    'debit_not_authorized bank_account_restricted account_closed no_account bank_ownership_changed debit_disputed invalid_mandate refer_to_customer debit_authorization_not_match recipient_deceased generic_could_not_process',
  'cancelled-by-payer': 'payment_method_customer_decline revocation_of_authorization revocation_of_all_authorizations',
} satisfies Partial<Record<DeclineCode, string>>

const declines = new Map(
  Object.entries(rows).flatMap(([ours, theirs]) => theirs.split(' ').map((code) => [code, ours as DeclineCode] as const)),
)

/** Why a payment did not come about; the bank's own reason says more than the kind of failure. */
export function declineOf(failure: { readonly code?: string | null; readonly decline_code?: string | null }): DeclineCode {
  return declines.get(failure.decline_code ?? '') ?? declines.get(failure.code ?? '') ?? 'declined'
}

const answeredElsewhere = new Set([
  'charge_already_refunded',
  'payment_intent_unexpected_state',
  'charge_already_captured',
  'charge_disputed',
])

/** What a failed call means for whoever made it. */
export function gatewayErrorOf(cause: unknown): Error {
  const { errors } = Stripe
  if (!(cause instanceof errors.StripeError)) return cause instanceof Error ? cause : new GatewayUnknown('no answer')
  if (cause instanceof errors.StripeAuthenticationError || cause instanceof errors.StripePermissionError)
    return new GatewayRefused('bad-credentials')
  if (cause instanceof errors.StripeCardError)
    return new GatewayRefused(declineOf({ code: cause.code ?? null, decline_code: cause.decline_code ?? null }))
  if (cause.code === 'idempotency_key_in_use' || cause.statusCode === 409) return new GatewayUnknown('the same is being asked already')
  if (cause instanceof errors.StripeIdempotencyError) return new GatewayRefused('bad-request')
  if (cause instanceof errors.StripeInvalidRequestError) return refusalOf(cause)
  return new GatewayUnknown(`no answer that tells (${cause.type})`)
}

function refusalOf({ statusCode, code }: { readonly statusCode?: number | undefined; readonly code?: string | undefined }): GatewayRefused {
  if (statusCode === 404 || code === 'resource_missing') return new GatewayRefused('not-found')
  return new GatewayRefused(answeredElsewhere.has(code ?? '') ? 'already-done' : 'bad-request')
}

/** Runs one call; what it throws are the port's errors. */
export async function told<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    throw gatewayErrorOf(cause)
  }
}

/** Like `told`; null when the gateway does not know the object. */
export async function toldOrMissing<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await told(call)
  } catch (cause) {
    if (cause instanceof GatewayRefused && cause.code === 'not-found') return null
    throw cause
  }
}
