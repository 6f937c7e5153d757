import { createTransport } from 'nodemailer'
import { refusalOf } from '#app/domain/delivery/bounce.ts'
import type { Clock } from '#app/ports/clock.ts'
import { type Mailer, MailRefusedError } from '#app/ports/mailer.ts'
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
 * Every address must be accepted: a server that takes some of the recipients counts as refusing. A final refusal of the recipient, or of
 * the message itself, is a MailRefusedError; what is wrong between us and the server (sign-in, sender, protocol) is not.
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
      const { rejected } = await transport.sendMail(mimeMessage(mail, clock.now())).catch((failure: SmtpFailure) => {
        throw asRefusal(failure)
      })
      if (rejected.length > 0) throw new Error(`the mail server refused ${rejected.length} of ${mail.to.length} recipients`)
      return { messageId: messageIdOf(mail) }
    },
  }
}

/** What nodemailer tells of a server's answer. */
type SmtpFailure = Error & { readonly command?: string; readonly responseCode?: number; readonly response?: string }

const recipientCommands: readonly (string | undefined)[] = ['RCPT TO', 'DATA']

function asRefusal(failure: SmtpFailure): Error {
  const { command, responseCode = 0, response = '' } = failure
  if (!recipientCommands.includes(command) || responseCode < 550 || responseCode > 559) return failure
  const [, enhanced, text = ''] = /^\d{3}[ -](?:(5\.\d{1,3}\.\d{1,3})\s)?([\s\S]*)$/.exec(response) ?? []
  return new MailRefusedError(refusalOf(enhanced ?? String(responseCode), text))
}
