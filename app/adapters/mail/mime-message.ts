import type { SendMailOptions } from 'nodemailer'
import type { Mail, MailSignature } from '#app/ports/mailer.ts'
import { messageIdOf } from './mail-guard.ts'

/** `mail` as nodemailer takes it. Its headers name the sender only: no mailer software, no host of ours. */
export function mimeMessage(mail: Mail, sentAt: Date): SendMailOptions {
  return {
    from: addressOf(mail.from),
    to: mail.to.map(addressOf),
    ...(mail.replyTo ? { replyTo: addressOf(mail.replyTo) } : {}),
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    messageId: messageIdOf(mail),
    date: sentAt,
    xMailer: false,
    headers: { 'Content-Language': mail.language, 'Auto-Submitted': 'auto-generated' },
    attachments: mail.attachments.map(({ filename, contentType, content }) => ({ filename, contentType, content: Buffer.from(content) })),
    ...(mail.signature ? { dkim: dkimOf(mail.signature) } : {}),
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function dkimOf({ domain, selector, privateKey }: MailSignature) {
  return { domainName: domain, keySelector: selector, privateKey }
}

function addressOf({ name, address }: Mail['from']): { name: string; address: string } {
  return { name: name ?? '', address }
}
