import { createTransport } from 'nodemailer'
import type { Clock } from '#app/ports/clock.ts'
import type { Mailer } from '#app/ports/mailer.ts'
import { assertSendable, messageIdOf } from './mail-guard.ts'
import { mimeMessage } from './mime-message.ts'

export type SmtpOptions = {
  /** `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. */
  readonly url: string
  readonly clock: Clock
  readonly timeoutMs?: number
}

/**
 * Mail by an SMTP server. SMTP cannot recognise a repeat; the Message-ID stays the same, so a receiver can.
 * Every address must be accepted: a server that takes some of the recipients counts as refusing.
 */
export function createSmtpMailer({ url, clock, timeoutMs = 20_000 }: SmtpOptions): Mailer {
  const server = new URL(url)
  const isSecure = server.protocol === 'smtps:'
  const transport = createTransport({
    host: server.hostname,
    port: Number(server.port) || (isSecure ? 465 : 587),
    secure: isSecure,
    ...(server.username ? { auth: { user: decodeURIComponent(server.username), pass: decodeURIComponent(server.password) } } : {}),
    // The greeting would otherwise carry this machine's name into the Received header.
    name: '[127.0.0.1]',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  })
  return {
    async send(mail) {
      assertSendable(mail)
      const { rejected } = await transport.sendMail(mimeMessage(mail, clock.now()))
      if (rejected.length > 0) throw new Error(`the mail server refused ${rejected.length} of ${mail.to.length} recipients`)
      return { messageId: messageIdOf(mail) }
    },
  }
}
