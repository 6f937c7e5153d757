/** What may come along with a message, told by its content and never by its name. */
export const attachmentKinds = ['png', 'jpeg', 'webp', 'pdf', 'text'] as const
export type AttachmentKind = (typeof attachmentKinds)[number]

export const attachmentsAtMost = 5
export const attachmentBytesAtMost = 5 * 1024 * 1024

const endings: Readonly<Record<AttachmentKind, readonly [string, ...string[]]>> = {
  png: ['png'],
  jpeg: ['jpg', 'jpeg'],
  webp: ['webp'],
  pdf: ['pdf'],
  text: ['txt', 'log', 'md', 'csv', 'json', 'yml', 'yaml', 'conf'],
}

const starts: readonly { readonly kind: AttachmentKind; readonly at: number; readonly bytes: readonly number[] }[] = [
  { kind: 'png', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { kind: 'jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { kind: 'webp', at: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
  { kind: 'pdf', at: 0, bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
]

/** What `content` is; null for anything that is not kept. Text is whole UTF-8 without control characters beyond tabs and line ends. */
export function kindOfContent(content: Uint8Array): AttachmentKind | null {
  const found = starts.find(({ at, bytes }) => bytes.every((byte, index) => content[at + index] === byte))
  if (found) return found.kind
  return content.byteLength > 0 && isPlainText(content) ? 'text' : null
}

function isPlainText(content: Uint8Array): boolean {
  try {
    return !/[^\P{Cc}\t\n\r]/u.test(new TextDecoder('utf-8', { fatal: true }).decode(content))
  } catch {
    return false
  }
}

const longestName = 80

/** A name to save a file by: its last part, without what a system could take for a path or a command, and with an ending of its kind. */
export function safeName(name: string, kind: AttachmentKind): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N} ._()-]/gu, '_')
    .replaceAll(/^[. ]+|[. ]+$/g, '')
  const dot = plain.lastIndexOf('.')
  const ending = plain.slice(dot + 1).toLowerCase()
  const hasEnding = dot > 0 && endings[kind].includes(ending)
  const stem = (hasEnding ? plain.slice(0, dot) : plain).slice(0, longestName)
  return `${stem || 'file'}.${hasEnding ? ending : endings[kind][0]}`
}
