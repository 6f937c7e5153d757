import { createHmac, timingSafeEqual } from 'node:crypto'

/** What is signed: Standard Webhooks joins the three with dots. `timestamp` is in seconds. */
export type SignedMessage = { readonly id: string; readonly timestamp: number; readonly body: string }

/** A message older or newer than this is not believed, in seconds. */
const toleranceSeconds = 300
const prefix = 'whsec_'

/** The signature of a message under one secret (`whsec_…`, base64), as the header carries it: `v1,<base64>`. */
export function signatureOf({ id, timestamp, body }: SignedMessage, secret: string): string {
  const key = Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

/** Whether one of the signatures in `header` is ours for this message, and the message is of now. Compared in constant time. */
export function isSignedBy(message: SignedMessage, { header, secret, now }: { header: string; secret: string; now: Date }): boolean {
  if (!(Math.abs(now.getTime() / 1000 - message.timestamp) <= toleranceSeconds)) return false
  const wanted = Buffer.from(signatureOf(message, secret))
  return header.split(' ').some((offered) => {
    const given = Buffer.from(offered)
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  })
}
