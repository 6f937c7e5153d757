import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime, { type Address } from 'postal-mime'

export type MailSummary = {
  /** Names the file; `readMail` takes it. */
  readonly id: string
  readonly from: string
  readonly fromAddress: string
  readonly to: readonly string[]
  readonly subject: string
  readonly sentAt: string
  readonly attachments: readonly string[]
}

export type ReadMail = MailSummary & {
  readonly messageId: string
  readonly language: string
  readonly html: string
  readonly text: string
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  readonly files: readonly { readonly filename: string; readonly contentType: string; readonly content: Uint8Array }[]
}

const mailId = /^[0-9a-f]{64}$/

/** The newest mails of an outbox, at most `limit`, newest first; none when nothing was sent yet. */
export async function listMails(directory: string, limit = 100): Promise<MailSummary[]> {
  const names = await readdir(directory).catch(() => [])
  const ids = names
    .filter((name) => name.endsWith('.eml'))
    .map((name) => name.slice(0, -4))
    .filter((id) => mailId.test(id))
  const dated = await Promise.all(ids.map(async (id) => ({ id, writtenMs: (await stat(join(directory, `${id}.eml`))).mtimeMs })))
  const newest = dated.sort((a, b) => b.writtenMs - a.writtenMs || a.id.localeCompare(b.id)).slice(0, limit)
  const mails = await Promise.all(newest.map(({ id }) => readMail(directory, id)))
  return mails
    .filter((mail) => mail !== undefined)
    .map(({ id, from, fromAddress, to, subject, sentAt, attachments }) => ({ id, from, fromAddress, to, subject, sentAt, attachments }))
}

/** One mail, parsed; undefined when the outbox has none of that id. */
export async function readMail(directory: string, id: string): Promise<ReadMail | undefined> {
  if (!mailId.test(id)) return undefined
  const mime = await readFile(join(directory, `${id}.eml`)).catch(() => undefined)
  if (!mime) return undefined
  const mail = await PostalMime.parse(mime)
  const files = mail.attachments.map(({ filename, mimeType, content }) => ({
    filename: filename ?? 'attachment',
    contentType: mimeType,
    content: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
  }))
  return {
    id,
    from: shown(mail.from),
    fromAddress: mail.from?.address ?? '',
    to: (mail.to ?? []).map(shown),
    subject: mail.subject ?? '',
    sentAt: mail.date ?? '',
    attachments: files.map(({ filename }) => filename),
    messageId: mail.messageId ?? '',
    language: mail.headers.find(({ key }) => key === 'content-language')?.value ?? '',
    html: mail.html ?? '',
    text: mail.text ?? '',
    headers: mail.headers.map(({ key, value }) => ({ name: key, value })),
    files,
  }
}

function shown(address: Address | undefined): string {
  if (!address) return ''
  return address.name ? `${address.name} <${address.address ?? ''}>` : (address.address ?? '')
}
