import type { KeyObject } from 'node:crypto'
import { keyOfText } from './sealed-bytes.server.ts'
import { openWith, sealWith } from './sealed-text.server.ts'

/** A key of one tenant that seals issued documents and files; `id` names it in what it has sealed. */
export type DocumentKey = { readonly id: string; readonly key: KeyObject }

const mark = 'enc:d1:'
const idLength = 36

/** The key whose bytes `text` is. */
export function documentKeyOf(id: string, text: string): DocumentKey {
  return { id, key: keyOfText(text) }
}

/** `plain` sealed for one `place` as `enc:d1:<key id>:<nonce>:<ciphertext and tag>`. */
export function sealByDocumentKey({ id, key }: DocumentKey, plain: string, place: string): string {
  return `${mark}${id}:${sealWith(key, plain, place)}`
}

/** The id of the document key that sealed `stored`; null when that is plain text. */
export function documentKeyIdOf(stored: string): string | null {
  return stored.startsWith(mark) ? stored.slice(mark.length, mark.length + idLength) : null
}

/** What was sealed for `place`. @throws when key, place or a byte differ. */
export function openByDocumentKey({ key }: DocumentKey, stored: string, place: string): string {
  return openWith(key, stored.slice(mark.length + idLength + 1), place)
}
