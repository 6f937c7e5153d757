import Stripe from 'stripe'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { GatewayEvent, RawWebhook, WebhookProblem } from '#app/ports/payment-gateway.ts'
import type { OpenStripe } from './stripe-account.ts'

const toleranceMs = 300_000

/** Proves a webhook by the raw body and every signing secret that is valid, and that it is about this account. */
export function verifyWebhook(open: OpenStripe, { headers, body, receivedAt }: RawWebhook): Result<GatewayEvent, WebhookProblem> {
  const header = headers['stripe-signature'] ?? ''
  const { webhookSecret, previousWebhookSecret } = open.secrets
  const secrets = [webhookSecret, previousWebhookSecret].filter((secret) => secret !== undefined)
  if (!secrets.some((secret) => isSigned(body, header, secret))) return err('bad-signature')
  const signedAt = Number(/(?:^|,)t=(\d+)/.exec(header)?.[1]) * 1000
  if (!(Math.abs(receivedAt.getTime() - signedAt) <= toleranceMs)) return err('expired')
  const event = eventOf(body)
  if (!event) return err('malformed')
  const isOurs = (event.account ?? open.externalId) === open.externalId && event.livemode === (open.mode === 'live')
  if (!isOurs) return err('other-account')
  return ok({ id: event.id, type: event.type, accountRef: open.externalId, about: aboutOf(event.data.object) })
}

/** The age is judged apart, by the time of arrival: tolerance 0 leaves it out here. */
function isSigned(body: string, header: string, secret: string): boolean {
  try {
    return Stripe.webhooks.signature?.verifyHeader(body, header, secret, 0) ?? false
  } catch {
    return false
  }
}

function eventOf(body: string): Stripe.Event | null {
  try {
    const event = JSON.parse(body) as Partial<Stripe.Event>
    return event.id && event.type && event.data?.object ? (event as Stripe.Event) : null
  } catch {
    return null
  }
}

type Told = {
  readonly object?: string
  readonly id?: string
  readonly payment_intent?: string | null
  readonly setup_intent?: string | null
  readonly client_reference_id?: string | null
  readonly metadata?: Readonly<Record<string, string>> | null
}

function aboutOf(object: object): GatewayEvent['about'] {
  const { object: kind, id = '', payment_intent: payment, setup_intent: setup, client_reference_id: reference, metadata } = object as Told
  const attemptId = reference ?? metadata?.attempt_id ?? null
  switch (kind) {
    case 'checkout.session':
      return { kind: 'payment', ref: payment ?? setup ?? null, checkoutRef: id, attemptId }
    case 'payment_intent':
    case 'setup_intent':
      return { kind: 'payment', ref: id, checkoutRef: null, attemptId }
    case 'charge':
      return { kind: 'payment', ref: payment ?? null, checkoutRef: null, attemptId }
    case 'refund':
      return { kind: 'refund', ref: id, paymentRef: payment ?? '' }
    case 'dispute':
      return { kind: 'dispute', ref: id, paymentRef: payment ?? '' }
    case 'payout':
      return { kind: 'payout', ref: id }
    case 'payment_method':
      return { kind: 'method', ref: id }
    default:
      return { kind: 'other' }
  }
}
