import PostalMime, { type Email } from 'postal-mime'
import type { MailReader, ReceivedMail } from '#app/ports/mail-reader.ts'

/** Reads mail in MIME (RFC 5322). */
export const mimeReader: MailReader = {
  async read(message) {
    // What is nested too deep, or has no end of heads, is no mail of a person.
    const mail = await PostalMime.parse(message, { attachmentEncoding: 'arraybuffer' }).catch(() => null)
    const from = mail?.from?.address
    return mail && from && mail.messageId
      ? { ...textOf(mail), ...signsOf(mail), from, messageId: mail.messageId, files: filesOf(mail) }
      : null
  },
}

function textOf(mail: Email): Pick<ReceivedMail, 'to' | 'subject' | 'text'> {
  const addressees = [...(mail.to ?? []), ...(mail.cc ?? [])].flatMap((one) => one.group ?? [one])
  const delivered = [headerOf(mail, 'delivered-to'), headerOf(mail, 'x-original-to')]
  const to = [...addressees.map(({ address }) => address), ...delivered].flatMap((address) => address ?? [])
  return { to, subject: (mail.subject ?? '').trim(), text: (mail.text ?? wordsOf(mail.html ?? '')).trim() }
}

function signsOf(mail: Email) {
  return {
    autoSubmitted: headerOf(mail, 'auto-submitted'),
    precedence: headerOf(mail, 'precedence'),
    isOfList: headerOf(mail, 'list-id') !== null || headerOf(mail, 'list-unsubscribe') !== null,
  }
}

function headerOf(mail: Email, name: string): string | null {
  return mail.headers.find(({ key }) => key === name)?.value ?? null
}

function filesOf(mail: Email): ReceivedMail['files'] {
  return mail.attachments.flatMap(({ filename, content }) =>
    typeof content === 'string' ? [] : [{ name: filename ?? 'file', content: new Uint8Array(content) }],
  )
}

/** The words of HTML as text: it is shown as such and never as markup. */
function wordsOf(html: string): string {
  return html
    .replaceAll(/<(style|script|head)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replaceAll(/<(br|\/p|\/div|\/li|\/tr|\/h\d)\b[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\n{3,}/g, '\n\n')
}
