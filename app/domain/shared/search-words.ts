import { fromPublicId, type PublicKind } from './ids.ts'

/** What somebody looks for, read once. */
export type SearchWords = {
  readonly text: string
  /** For `ilike`: the text anywhere; what `ilike` reads as a sign of its own stands for itself. */
  readonly anywhere: string
  /** Set when the text is a public id of something that can be found. */
  readonly publicId: { readonly kind: PublicKind; readonly uuid: string } | null
  /** Of `42` and `#42`. */
  readonly number: number | null
  /** The text names a ticket by its number, and nothing else: `#42`. */
  readonly isNumbered: boolean
}

/** As much of a search is read, in letters. */
export const longestSearch = 200

const publicKinds = [
  ...['account', 'address', 'dns-zone', 'image', 'invoice', 'load-balancer', 'network', 'order'],
  ...['payment', 'product', 'project', 'resource', 'subscription', 'ticket', 'volume'],
] as readonly PublicKind[]

/** What `typed` looks for; null when there is nothing in it. */
export function readSearch(typed: string | null): SearchWords | null {
  const letters = [...(typed ?? '').normalize('NFC').replaceAll(/\p{Cc}+|\p{Cs}+/gu, ' ')].slice(0, longestSearch)
  const text = letters.join('').trim()
  if (text === '') return null
  const digits = /^#?(\d{1,9})$/.exec(text)?.[1]
  return {
    text,
    anywhere: `%${text.replaceAll(/[%_\\]/g, '\\$&')}%`,
    publicId: publicIdOf(text.toLowerCase()),
    number: digits ? Number(digits) : null,
    isNumbered: digits !== undefined && text.startsWith('#'),
  }
}

function publicIdOf(text: string): SearchWords['publicId'] {
  for (const kind of publicKinds) {
    const uuid = fromPublicId(kind, text)
    if (uuid) return { kind, uuid }
  }
  return null
}
