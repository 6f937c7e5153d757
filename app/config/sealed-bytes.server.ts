import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { nonce, nonceBytes } from './data-keys.server.ts'

const tagBytes = 16

/** A new key's bytes as text, to be kept sealed. */
export function newKeyText(): string {
  return randomBytes(32).toString('base64url')
}

/** The key whose bytes `text` is. */
export function keyOfText(text: string): KeyObject {
  return createSecretKey(Buffer.from(text, 'base64url'))
}

/** `plain` sealed by `key` for one `place` (AES-256-GCM): nonce, ciphertext, tag. */
export function sealBytesWith(key: KeyObject, plain: Uint8Array, place: string): Buffer {
  const once = nonce()
  const cipher = createCipheriv('aes-256-gcm', key, once).setAAD(Buffer.from(place))
  return Buffer.concat([once, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** What `sealBytesWith` sealed. @throws when key, place or a byte differ. */
export function openBytesWith(key: KeyObject, sealed: Uint8Array, place: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes))
  decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(-tagBytes))
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()])
}
