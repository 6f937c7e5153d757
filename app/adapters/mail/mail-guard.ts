import { createHash } from 'node:crypto'
import type { Mail, MailAddress } from '#app/ports/mailer.ts'

const controlCharacter = /[\p{Cc}\u2028\u2029]/u
const plainAddress = /^[^\s<>,;:"()[\]\\@]+@[^\s<>,;:"()[\]\\@]+$/
const longestSubject = 300

/**
 * Refuses a mail whose header values could add a header or a recipient, before any transport sees it.
 * @throws Error naming the field, never its value.
 */
export function assertSendable(mail: Mail): void {
  const addresses: readonly MailAddress[] = [mail.from, ...mail.to, ...(mail.replyTo ? [mail.replyTo] : [])]
  const values = [
    ['key', mail.key],
    ['subject', mail.subject],
    ['language', mail.language],
    ...addresses.map(({ name }) => ['name of an address', name ?? ''] as const),
    ...mail.attachments.flatMap(
      ({ filename, contentType }) =>
        [
          ['attachment name', filename],
          ['attachment type', contentType],
        ] as const,
    ),
  ] as const
  for (const [field, value] of values)
    if (controlCharacter.test(value)) throw new Error(`mail refused: the ${field} has a control character`)
  if (mail.to.length === 0) throw new Error('mail refused: there is no recipient')
  if (!addresses.every(({ address }) => plainAddress.test(address))) throw new Error('mail refused: an address is malformed')
  if (mail.subject.trim() === '' || mail.subject.length > longestSubject) throw new Error('mail refused: the subject is empty or too long')
}

/** A name for the delivery in file names and idempotency headers: the key may be long and carry an address. */
export function deliveryNameOf(mail: Mail): string {
  return createHash('sha256').update(mail.key).digest('hex')
}

/** The same mail has the same Message-ID on each try, so a receiver can tell a repeat; its domain is the sender's. */
export function messageIdOf(mail: Mail): string {
  return `<${deliveryNameOf(mail).slice(0, 32)}@${mail.from.address.slice(mail.from.address.lastIndexOf('@') + 1)}>`
}
