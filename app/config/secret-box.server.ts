import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { appSecret, environment } from './env.server.ts'

export type SealedSecret = { readonly ciphertext: Uint8Array<ArrayBuffer>; readonly keyId: string }

const nonceBytes = 12
const tagBytes = 16

/** Encrypts `plain` for one row (AES-256-GCM); `row` names it, so that a ciphertext copied to another row does not open. */
export function sealSecret(plain: string, row: string): SealedSecret {
  const key = keyOf(appSecret())
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(row))
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return { ciphertext: new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), body])), keyId: idOf(key) }
}

/** The secret sealed for `row`, by the present key or by the one before it. @throws when the key, the row or a byte differs. */
export function openSecret(ciphertext: Uint8Array, row: string): string {
  const { APP_SECRET_PREVIOUS: previous } = environment()
  try {
    return openWith(keyOf(appSecret()), ciphertext, row)
  } catch (failure) {
    // While keys are replaced some rows are sealed by the one before.
    if (!previous) throw failure
    return openWith(keyOf(previous), ciphertext, row)
  }
}

/** Names the present key as rows name it, without telling it. */
export function presentKeyId(): string {
  return idOf(keyOf(appSecret()))
}

function openWith(key: Buffer, ciphertext: Uint8Array, row: string): string {
  const bytes = Buffer.from(ciphertext)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
  decipher.setAAD(Buffer.from(row)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8')
}

function keyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'livery secrets at rest', 32))
}

function idOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12)
}
