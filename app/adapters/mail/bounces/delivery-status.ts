import PostalMime, { type Attachment } from 'postal-mime'
import { type Refusal, refusalOf } from '#app/domain/delivery/bounce.ts'
import type { BounceReader, ReturnedMail } from '#app/ports/bounce-reader.ts'

type Fields = ReadonlyMap<string, string>

/**
 * Reads delivery status notifications (RFC 3464) as mail servers return them, in MIME. It takes what the standard demands and nothing
 * else: a report of type delivery-status with the head of the mail it is about. Prose without such a report says nothing.
 */
export const deliveryStatusReader: BounceReader = {
  async read(message) {
    const mail = await PostalMime.parse(message, { attachmentEncoding: 'utf8', forceRfc822Attachments: true })
    const status = mail.attachments.find(({ mimeType }) => mimeType === 'message/delivery-status')
    const original = mail.attachments.find(({ mimeType }) => mimeType === 'message/rfc822' || mimeType === 'text/rfc822-headers')
    const messageId = original && fieldsIn(textOf(original))[0]?.get('message-id')
    if (!status || !messageId) return []
    return fieldsIn(textOf(status))
      .slice(1)
      .flatMap((recipient): ReturnedMail[] => {
        const address = addressIn(recipient.get('final-recipient') ?? recipient.get('original-recipient'))
        const isFailure = recipient.get('action')?.toLowerCase() === 'failed'
        return address && isFailure ? [{ messageId, address, refusal: refusalIn(recipient) }] : []
      })
  },
}

function textOf({ content }: Attachment): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content)
}

/** Blocks of header fields, parted by empty lines; a folded line belongs to the field before it. */
function fieldsIn(text: string): Fields[] {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const lines = block.replaceAll(/\n[ \t]+/g, ' ').split('\n')
      return new Map(
        lines.flatMap((line): [string, string][] => {
          const colon = line.indexOf(':')
          return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]] : []
        }),
      )
    })
}

/** The address in `rfc822; maria@linde.example`; undefined for another kind of address. */
function addressIn(recipient: string | undefined): string | undefined {
  const [kind, address] = recipient?.split(';') ?? []
  return kind?.trim().toLowerCase() === 'rfc822' && address ? address.trim().replace(/^<|>$/g, '') : undefined
}

function refusalIn(recipient: Fields): Refusal {
  const status = /\d\.\d{1,3}\.\d{1,3}/.exec(recipient.get('status') ?? '')?.[0] ?? ''
  const [, diagnosis] = /^[^;]*;(.*)$/s.exec(recipient.get('diagnostic-code') ?? '') ?? []
  return refusalOf(status, diagnosis ?? '')
}
