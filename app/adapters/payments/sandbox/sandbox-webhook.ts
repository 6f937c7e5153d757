import { z } from 'zod'
import { isSignedBy, signatureOf } from '#app/config/webhook-signature.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { GatewayAccount, GatewayEvent, RawWebhook, WebhookProblem } from '#app/ports/payment-gateway.ts'

const About = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('payment'), ref: z.string(), checkoutRef: z.string(), attemptId: z.string() }),
  z.object({ kind: z.literal('refund'), ref: z.string(), paymentRef: z.string() }),
  z.object({ kind: z.literal('dispute'), ref: z.string(), paymentRef: z.string() }),
  z.object({ kind: z.literal('method'), ref: z.string() }),
])
const Message = z.object({ id: z.string(), type: z.string(), account: z.string(), about: About })

export type SandboxMessage = z.infer<typeof Message>
type Signed = { readonly headers: Readonly<Record<string, string>>; readonly body: string }

/** A message as it travels, signed by the account's secret at `at`. */
export function signedMessage(message: SandboxMessage, { secret, at }: { readonly secret: string; readonly at: Date }): Signed {
  const body = JSON.stringify(message)
  const timestamp = Math.floor(at.getTime() / 1000)
  const signature = signatureOf({ id: message.id, timestamp, body }, secret)
  const headers = { 'webhook-id': message.id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature }
  return { headers: { ...headers, 'content-type': 'application/json' }, body }
}

/** Proves that a message is of this account and of now. */
export function readMessage({ externalId, secrets }: GatewayAccount, webhook: RawWebhook): Result<GatewayEvent, WebhookProblem> {
  const { headers, body, receivedAt: now } = webhook
  const [id, sentAt, header] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => headers[name] ?? '')
  const message = { id: id ?? '', timestamp: Number(sentAt || Number.NaN), body }
  const proof = { header: header ?? '', secret: secrets.webhookSecret ?? '' }
  if (!isSignedBy(message, { ...proof, now: new Date(message.timestamp * 1000) })) return err('bad-signature')
  if (!isSignedBy(message, { ...proof, now })) return err('expired')
  const read = Message.safeParse(jsonOf(body))
  if (!read.success) return err('malformed')
  const { account, ...event } = read.data
  return account === externalId ? ok({ ...event, accountRef: account }) : err('other-account')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
