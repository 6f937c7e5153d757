import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { GatewayEvent, RawWebhook, WebhookProblem } from '#app/ports/payment-gateway.ts'
import type { OpenPaypal } from './paypal-account.ts'

const toleranceMs = 300_000

type Event = { readonly id?: string; readonly event_type?: string; readonly resource?: Resource }
type Resource = {
  readonly id?: string
  readonly dispute_id?: string
  readonly custom_id?: string
  readonly custom?: string
  readonly payee?: { readonly merchant_id?: string }
  readonly purchase_units?: readonly { readonly custom_id?: string; readonly payee?: { readonly merchant_id?: string } }[]
  readonly supplementary_data?: { readonly related_ids?: { readonly order_id?: string; readonly capture_id?: string } }
  readonly disputed_transactions?: readonly { readonly seller_transaction_id?: string }[]
  readonly links?: readonly { readonly rel: string; readonly href: string }[]
}

/** Has PayPal prove a webhook: it must be signed for the webhook of this account, by a certificate from PayPal's own host. */
export async function verifyWebhook(
  open: OpenPaypal,
  { headers, body, receivedAt }: RawWebhook,
): Promise<Result<GatewayEvent, WebhookProblem>> {
  const certificate = hostOf(headers['paypal-cert-url'] ?? '')
  if (!certificate || !open.certificateHosts.includes(certificate)) return err('bad-signature')
  const event = eventOf(body)
  if (!event) return err('malformed')
  if (!(await isGenuine(open, headers, body))) return err('bad-signature')
  const signedAt = Date.parse(headers['paypal-transmission-time'] ?? '')
  if (!(Math.abs(receivedAt.getTime() - signedAt) <= toleranceMs)) return err('expired')
  const { id = '', event_type: type = '', resource = {} } = event
  const payee = (resource.payee ?? resource.purchase_units?.[0]?.payee)?.merchant_id ?? open.externalId
  if (payee !== open.externalId) return err('other-account')
  return ok({ id, type, accountRef: open.externalId, about: aboutOf(type, resource) })
}

/** The event goes back as it came, byte for byte: read and written again it would be another text. */
async function isGenuine({ client, settings }: OpenPaypal, headers: RawWebhook['headers'], body: string): Promise<boolean> {
  const signature = {
    auth_algo: headers['paypal-auth-algo'] ?? '',
    cert_url: headers['paypal-cert-url'] ?? '',
    transmission_id: headers['paypal-transmission-id'] ?? '',
    transmission_sig: headers['paypal-transmission-sig'] ?? '',
    transmission_time: headers['paypal-transmission-time'] ?? '',
    webhook_id: settings.webhookId,
  }
  const question = `${JSON.stringify(signature).slice(0, -1)},"webhook_event":${body}}`
  const { verification_status: status } = await client.post<{ verification_status: string }>(
    '/v1/notifications/verify-webhook-signature',
    question,
  )
  return status === 'SUCCESS'
}

function hostOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).host : null
}

function eventOf(body: string): Event | null {
  try {
    const event = JSON.parse(body) as Event
    return event.id && event.event_type && event.resource ? event : null
  } catch {
    return null
  }
}

function aboutOf(type: string, resource: Resource): GatewayEvent['about'] {
  const id = resource.id ?? ''
  const { order_id: orderId = null, capture_id: captureId } = resource.supplementary_data?.related_ids ?? {}
  if (type.startsWith('CUSTOMER.DISPUTE.'))
    return { kind: 'dispute', ref: resource.dispute_id ?? id, paymentRef: resource.disputed_transactions?.[0]?.seller_transaction_id ?? '' }
  if (type === 'PAYMENT.CAPTURE.REFUNDED' || type.startsWith('PAYMENT.REFUND.'))
    return { kind: 'refund', ref: id, paymentRef: captureId ?? parentOf(resource) }
  if (type.startsWith('CHECKOUT.ORDER.'))
    return { kind: 'payment', ref: null, checkoutRef: id, attemptId: attemptOf(resource.purchase_units?.[0]?.custom_id) }
  if (type.startsWith('PAYMENT.CAPTURE.') || type.startsWith('PAYMENT.AUTHORIZATION.'))
    return { kind: 'payment', ref: id, checkoutRef: orderId, attemptId: attemptOf(resource.custom_id) }
  return type.startsWith('VAULT.PAYMENT-TOKEN.') ? { kind: 'method', ref: id } : { kind: 'other' }
}

function attemptOf(customId: string | undefined): string | null {
  return customId?.split('|')[0] ?? null
}

/** The capture that a refund belongs to is told by a link. */
function parentOf({ links }: Resource): string {
  return /\/captures\/([^/]+)$/.exec(links?.find(({ rel }) => rel === 'up')?.href ?? '')?.[1] ?? ''
}
