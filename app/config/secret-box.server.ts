import { createCipheriv, createDecipheriv } from 'node:crypto'
import { dataKeys, nonce, nonceBytes, presentDataKey } from './data-keys.server.ts'

export type SealedSecret = { readonly ciphertext: Uint8Array<ArrayBuffer>; readonly keyId: string }

const tagBytes = 16

/** Encrypts `plain` for one row (AES-256-GCM); `row` names it, so that a ciphertext copied to another row does not open. */
export function sealSecret(plain: string, row: string): SealedSecret {
  const { key, id } = presentDataKey()
  const once = nonce()
  const cipher = createCipheriv('aes-256-gcm', key, once).setAAD(Buffer.from(row))
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return { ciphertext: new Uint8Array(Buffer.concat([once, cipher.getAuthTag(), body])), keyId: id }
}

/** The secret sealed for `row`, by any key of the installation. @throws when the key, the row or a byte differs. */
export function openSecret(ciphertext: Uint8Array, row: string): string {
  let failure: unknown
  // While keys are replaced some rows are sealed by the one before.
  for (const { key } of dataKeys()) {
    try {
      return openWith(key, ciphertext, row)
    } catch (refused) {
      failure ??= refused
    }
  }
  throw failure
}

/** Names the present key as rows name it, without telling it. */
export function presentKeyId(): string {
  return presentDataKey().id
}

function openWith(key: Parameters<typeof createDecipheriv>[1], ciphertext: Uint8Array, row: string): string {
  const bytes = Buffer.from(ciphertext)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
  decipher.setAAD(Buffer.from(row)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8')
}
