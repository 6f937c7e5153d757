/** What of a mail says whether a person wrote it. */
export type MailSigns = {
  readonly from: string
  /** `Auto-Submitted` (RFC 3834); null without it. */
  readonly autoSubmitted: string | null
  readonly precedence: string | null
  readonly isOfList: boolean
}

/** Whether a program wrote a mail: an absence note, a returned mail, a list. Such mail is never answered, nor made a ticket. */
export function isAutomatic({ from, autoSubmitted, precedence, isOfList }: MailSigns): boolean {
  if (autoSubmitted !== null && autoSubmitted.trim().toLowerCase() !== 'no') return true
  if (precedence !== null && ['bulk', 'junk', 'list', 'auto_reply'].includes(precedence.trim().toLowerCase())) return true
  return isOfList || /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply)(\+[^@]*)?@|^$/i.test(from)
}

const mark = '+ticket-'

/** The address at which answers to a ticket arrive: the seller's own with a token behind a plus sign. */
export function replyAddress(own: string, token: string): string {
  const at = own.lastIndexOf('@')
  return `${own.slice(0, at)}${mark}${token}${own.slice(at)}`
}

/** The token in one of the addresses that a mail was sent to; undefined when none has one. */
export function replyTokenIn(addresses: readonly string[]): string | undefined {
  return addresses.map((address) => /\+ticket-([a-z0-9-]{1,60})@/i.exec(address)?.[1]?.toLowerCase()).find(Boolean)
}

/** The words in which mail programs announce what they quote. */
const announces = /^(on\b.*\bwrote:|am\b.*\bschrieb.*:|le\b.*\ba écrit\s?:|el\b.*\bescribió:|em\b.*\bescreveu:|.*\bكتب.*:|.*写道[:：])$/i
const parts = /^(-{2,} ?(original message|ursprüngliche nachricht|message d’origine|forwarded message) ?-{2,}|_{20,})$/i

/** What somebody wrote in a mail, without what it quotes below and without a signature. Text as it came where nothing would be left. */
export function withoutQuote(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  const end = lines.findIndex((line, index) => line === '-- ' || parts.test(line.trim()) || beginsQuote(lines, index))
  const own = (end === -1 ? lines : lines.slice(0, end)).join('\n').trim()
  return own || text.trim()
}

/** Whether the rest from this line on is a quotation: announced, or nothing but quoted lines. */
function beginsQuote(lines: readonly string[], index: number): boolean {
  const line = (lines[index] ?? '').trim()
  const rest = lines.slice(index + 1).filter((one) => one.trim() !== '')
  if (announces.test(line) || announces.test(`${line} ${(lines[index + 1] ?? '').trim()}`)) return rest.some((one) => one.startsWith('>'))
  return line.startsWith('>') && rest.every((one) => one.startsWith('>'))
}
