import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { appSecret } from './env.server.ts'

export type SealedSecret = { readonly ciphertext: Uint8Array<ArrayBuffer>; readonly keyId: string }

const nonceBytes = 12
const tagBytes = 16

/** Encrypts `plain` for one row (AES-256-GCM); `row` names it, so that a ciphertext copied to another row does not open. */
export function sealSecret(plain: string, row: string): SealedSecret {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key(), nonce).setAAD(Buffer.from(row))
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return { ciphertext: new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), body])), keyId: keyId() }
}

/** The secret sealed for `row`. @throws when the key, the row or a byte differs. */
export function openSecret(ciphertext: Uint8Array, row: string): string {
  const bytes = Buffer.from(ciphertext)
  const decipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(0, nonceBytes))
  decipher.setAAD(Buffer.from(row)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8')
}

function key(): Buffer {
  return Buffer.from(hkdfSync('sha256', appSecret(), '', 'livery secrets at rest', 32))
}

/** Names the key on the row without telling it, so that a rotation knows what is left to do. */
function keyId(): string {
  return createHash('sha256').update(key()).digest('hex').slice(0, 12)
}
