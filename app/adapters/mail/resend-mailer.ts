import { Resend } from 'resend'
import type { Mail, MailAddress, Mailer } from '#app/ports/mailer.ts'
import { assertSendable, deliveryNameOf } from './mail-guard.ts'

export type ResendOptions = {
  readonly apiKey: string
  /** Another address than Resend's own, e.g. a local inbox of the same shape. */
  readonly baseUrl?: string
  readonly timeoutMs?: number
}

/** Mail by Resend. A repeat within its memory (24 hours) is recognised by the idempotency key and answered with the first id. */
export function createResendMailer({ apiKey, baseUrl, timeoutMs = 20_000 }: ResendOptions): Mailer {
  const resend = new Resend(apiKey, baseUrl ? { baseUrl } : {})
  return {
    async send(mail) {
      assertSendable(mail)
      // The client hands unknown options on to fetch, which is the one way to give it a time limit.
      const options = { idempotencyKey: deliveryNameOf(mail), signal: AbortSignal.timeout(timeoutMs) }
      const { data, error } = await resend.emails.send(payloadOf(mail), options)
      if (error) throw new Error(`Resend did not take the mail: ${error.name} (${error.statusCode ?? 'no answer'})`)
      return { messageId: data.id }
    },
  }
}

function payloadOf(mail: Mail) {
  return {
    from: mailbox(mail.from),
    to: mail.to.map(mailbox),
    ...(mail.replyTo ? { replyTo: mailbox(mail.replyTo) } : {}),
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    headers: { 'Content-Language': mail.language, 'Auto-Submitted': 'auto-generated' },
    attachments: mail.attachments.map(({ filename, contentType, content }) => ({
      filename,
      contentType,
      content: Buffer.from(content).toString('base64'),
    })),
  }
}

/** `"Name" <address>`, with the name quoted so that no character of it ends it. */
function mailbox({ name, address }: MailAddress): string {
  return name ? `"${name.replaceAll(/["\\]/g, '\\$&')}" <${address}>` : address
}
