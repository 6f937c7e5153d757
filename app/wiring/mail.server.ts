import { join } from 'node:path'
import { deliveryStatusReader } from '#app/adapters/mail/bounces/delivery-status.ts'
import { resendEventReader } from '#app/adapters/mail/bounces/resend-events.ts'
import { mimeReader } from '#app/adapters/mail/inbox/mime-reader.ts'
import { createOutboxMailer } from '#app/adapters/mail/outbox-mailer.ts'
import { listMails, type MailSummary, type ReadMail, readMail } from '#app/adapters/mail/outbox-reader.ts'
import { createResendMailer } from '#app/adapters/mail/resend-mailer.ts'
import { createSellerMailer } from '#app/adapters/mail/seller-mailer.ts'
import { createSmtpMailer } from '#app/adapters/mail/smtp-mailer.ts'
import { clock } from '#app/config/clock.server.ts'
import { environment } from '#app/config/env.server.ts'
import { openSecret } from '#app/config/secret-box.server.ts'
import type { BounceReader } from '#app/ports/bounce-reader.ts'
import type { MailReader } from '#app/ports/mail-reader.ts'
import type { Mailer, MailSignature } from '#app/ports/mailer.ts'
import { mailIdentityOf } from '#app/services/domains/mail-identity.server.ts'

let transport: Mailer | undefined

/** How mail leaves, by MAIL_TRANSPORT. */
export function mailer(): Mailer {
  transport ??= createSellerMailer(createTransport(), { signatureOf, ...neutralSender() })
  return transport
}

/** Makes the next mail leave by what the settings say then. */
export function forgetMailer(): void {
  transport = undefined
}

async function signatureOf(seller: string, domain: string): Promise<MailSignature | null> {
  const identity = await mailIdentityOf(seller, domain)
  if (!identity) return null
  const { mailDomainId, selector, secretCiphertext } = identity
  return { domain: identity.domain, selector, privateKey: openSecret(secretCiphertext, mailDomainRow(mailDomainId)) }
}

/** What the private key of a mail domain is bound to: its row. */
export function mailDomainRow(mailDomainId: string): string {
  return `mail_domains/${mailDomainId}`
}

/** Mail of the outbox goes nowhere: it shows the address that the seller chose, unless another is asked for. */
function neutralSender(): { neutralAddress?: string } {
  const { MAIL_FALLBACK_ADDRESS: address, MAIL_TRANSPORT: kind, BASE_DOMAIN: domain } = environment()
  if (address) return { neutralAddress: address }
  return kind === 'outbox' ? {} : { neutralAddress: `no-reply@${domain}` }
}

function createTransport(): Mailer {
  const { MAIL_TRANSPORT: kind, SMTP_URL: url, RESEND_API_KEY: apiKey, RESEND_BASE_URL: baseUrl } = environment()
  if (kind === 'smtp' && url) return createSmtpMailer({ url, clock })
  if (kind === 'resend' && apiKey) return createResendMailer({ apiKey, ...(baseUrl ? { baseUrl } : {}) })
  return createOutboxMailer({ directory: outboxDirectory(), clock })
}

/** Reads mail that came back, by the door it comes in at. */
export const bounceReaders = { returned: deliveryStatusReader, resend: resendEventReader } as const satisfies Record<string, BounceReader>

/** Reads mail that people send to sellers. */
export const mailReader: MailReader = mimeReader

/** The mails the outbox keeps, newest first; empty when mail leaves for real. */
export function keptMails(): Promise<MailSummary[]> {
  return environment().MAIL_TRANSPORT === 'outbox' ? listMails(outboxDirectory()) : Promise.resolve([])
}

/** One mail of the outbox; undefined for an unknown id, or when mail leaves for real. */
export function keptMail(id: string): Promise<ReadMail | undefined> {
  return environment().MAIL_TRANSPORT === 'outbox' ? readMail(outboxDirectory(), id) : Promise.resolve(undefined)
}

function outboxDirectory(): string {
  return join(environment().LIVERY_DATA_DIR, 'mail')
}
