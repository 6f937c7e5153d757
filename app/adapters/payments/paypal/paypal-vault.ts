import { zero } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { GatewayPage, GatewayPayment, PaymentQuery, SavedMethod, SetupRequest } from '#app/ports/payment-gateway.ts'
import type { OpenPaypal } from './paypal-account.ts'
import { orMissing } from './paypal-errors.ts'
import { walletOf } from './paypal-order.ts'
import { localeOf } from './paypal-pages.ts'

type Link = { readonly rel: string; readonly href: string }
type SetupToken = { readonly id: string; readonly status: string; readonly links?: readonly Link[] }
type PaymentToken = {
  readonly id: string
  readonly customer?: { readonly id?: string }
  readonly payment_source?: { readonly paypal?: { readonly email_address?: string } }
}

const json = { 'Content-Type': 'application/json' }
/** Our name of a set-up: PayPal's does not tell the currency it was asked for in. */
const setupRef = /^setup:([A-Z]{3}):(.+)$/

export function isSetupRef(ref: string): boolean {
  return setupRef.test(ref)
}

/** Opens the page on which a payer agrees to be charged later. */
export async function openSetup({ client }: OpenPaypal, request: SetupRequest): Promise<GatewayPage> {
  const { attemptId, customer, returnTo, language, currency } = request
  const context = {
    return_url: returnTo.done,
    cancel_url: returnTo.cancelled,
    locale: localeOf(language),
    shipping_preference: 'NO_SHIPPING',
  }
  const body = {
    payment_source: { paypal: { usage_type: 'MERCHANT', experience_context: context } },
    ...(customer.ref && { customer: { id: customer.ref } }),
  }
  const headers = { ...json, 'PayPal-Request-Id': attemptId }
  const token = await client.ask<SetupToken>({ path: '/v3/vault/setup-tokens', verb: 'POST', headers, body })
  const url = token.links?.find(({ rel }) => rel === 'approve')?.href
  invariant(url, 'a set-up of the gateway has a page')
  return { ref: `setup:${currency}:${token.id}`, url }
}

/** A set-up, told as a payment of nothing. What its payer approved is saved here, under the key of the attempt. */
export async function readSetup(open: OpenPaypal, { attemptId, checkoutRef }: PaymentQuery): Promise<GatewayPayment | null> {
  const [, currency = '', id = ''] = setupRef.exec(checkoutRef ?? '') ?? []
  const token = await orMissing(open.client.ask<SetupToken>({ path: `/v3/vault/setup-tokens/${encodeURIComponent(id)}`, verb: 'GET' }))
  if (!token) return null
  const isAgreed = token.status === 'APPROVED' || token.status === 'VAULTED' || token.status === 'TOKENIZED'
  const saved = isAgreed ? await keepMethod(open, { attemptId, id }) : null
  const nothing = zero(currency)
  return {
    ref: saved?.ref ?? null,
    checkoutRef,
    attemptId,
    state: saved ? 'captured' : 'waiting-for-payer',
    amount: nothing,
    captured: nothing,
    refunded: nothing,
    failure: null,
    actionUrl: null,
    savedMethod: saved,
    fee: null,
  }
}

async function keepMethod({ client }: OpenPaypal, { attemptId, id }: { attemptId: string; id: string }): Promise<SavedMethod> {
  const headers = { ...json, 'PayPal-Request-Id': `${attemptId}-token` }
  const body = { payment_source: { token: { id, type: 'SETUP_TOKEN' } } }
  const token = await client.ask<PaymentToken>({ path: '/v3/vault/payment-tokens', verb: 'POST', headers, body })
  return methodOf(token)
}

function methodOf({ id, customer, payment_source: source }: PaymentToken): SavedMethod {
  return walletOf({ id, customer: customer?.id ?? '', email: source?.paypal?.email_address })
}

/** A saved way to pay as it stands; null once its payer or the gateway took it away. */
export async function readMethod({ client }: OpenPaypal, methodRef: string): Promise<SavedMethod | null> {
  const path = `/v3/vault/payment-tokens/${encodeURIComponent(methodRef)}`
  const token = await orMissing(client.ask<PaymentToken>({ path, verb: 'GET' }))
  return token && methodOf(token)
}

/** Forgets a saved way to pay. */
export async function removeMethod({ client }: OpenPaypal, methodRef: string): Promise<void> {
  await client.ask({ path: `/v3/vault/payment-tokens/${encodeURIComponent(methodRef)}`, verb: 'DELETE' })
}
