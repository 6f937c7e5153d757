import { createHmac, type KeyObject } from 'node:crypto'
import { dataKeys, nonceBytes, presentDataKey } from './data-keys.server.ts'
import { openBytesWith, sealBytesWith } from './sealed-bytes.server.ts'

const mark = 'enc:v1:'

/** How everything begins that the present key has sealed. */
export function presentPrefix(): string {
  return `${mark}${presentDataKey().id}:`
}

/**
 * `plain` sealed for one `place` (AES-256-GCM) as `enc:v1:<key id>:<nonce>:<ciphertext and tag>`. The place names tenant, table, column and
 * row, so that the text opens nowhere else.
 */
export function sealText(plain: string, place: string): string {
  const { id, key } = presentDataKey()
  return `${mark}${id}:${sealWith(key, plain, place)}`
}

/** What was sealed for `place`; a text that was stored before there was sealing is itself. @throws when the key is not there, or place or a byte differ. */
export function openText(stored: string, place: string): string {
  if (!isSealed(stored)) return stored
  const rest = stored.slice(mark.length)
  const id = rest.slice(0, rest.indexOf(':'))
  const found = dataKeys().find((key) => key.id === id)
  if (!found) throw new Error(`no key ${id} to open ${place}: give it as DATA_SECRET_PREVIOUS`)
  return openWith(found.key, rest.slice(id.length + 1), place)
}

/** `plain` sealed by `key` for one `place`, as `<nonce>:<ciphertext and tag>`. */
export function sealWith(key: KeyObject, plain: string, place: string): string {
  const sealed = sealBytesWith(key, Buffer.from(plain), place)
  return `${sealed.toString('base64url', 0, nonceBytes)}:${sealed.toString('base64url', nonceBytes)}`
}

/** What `sealWith` sealed. @throws when key, place or a byte differ. */
export function openWith(key: KeyObject, sealed: string, place: string): string {
  const parts = sealed.split(':').map((part) => Buffer.from(part, 'base64url'))
  return openBytesWith(key, Buffer.concat(parts), place).toString()
}

export function isSealed(stored: string): boolean {
  return stored.startsWith(mark)
}

/** What equal values have in common in `column`, by every key of the installation, the present one first: they are looked up by it unread. */
export function blindIndexes(value: string, column: string): string[] {
  return dataKeys().map(({ indexKey }) => createHmac('sha256', indexKey).update(`${column}\0${value}`).digest('base64url'))
}
