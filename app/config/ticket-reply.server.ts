import { createHmac, timingSafeEqual } from 'node:crypto'
import { appSecret, environment } from './env.server.ts'

/** Whether mails to sellers are handed in, so that answers by mail arrive. */
export function takesMail(): boolean {
  return environment().MAIL_INBOX_SECRET !== undefined
}

/** What the address has in it at which a ticket is answered: its number, and a proof that we gave the address away. */
export function ticketReplyToken(tenantId: string, number: number): string {
  return `${number}-${proofOf(tenantId, number)}`
}

/** The number of the ticket that a token is for; null for one that is not ours. */
export function ticketOfReplyToken(tenantId: string, token: string): number | null {
  const [, digits = '', proof = ''] = /^([1-9]\d{0,8})-([0-9a-f]{24})$/.exec(token) ?? []
  const number = Number(digits)
  if (!number) return null
  return timingSafeEqual(Buffer.from(proof), Buffer.from(proofOf(tenantId, number))) ? number : null
}

function proofOf(tenantId: string, number: number): string {
  return createHmac('sha256', appSecret()).update(`ticket reply/${tenantId}/${number}`).digest('hex').slice(0, 24)
}
