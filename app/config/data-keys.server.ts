import { createHash, createSecretKey, hkdfSync, type KeyObject, randomFillSync } from 'node:crypto'
import { invariant } from '#app/domain/shared/invariant.ts'
import { appSecret, type Environment, environment } from './env.server.ts'

/** A key that data is sealed with; `id` names it without telling it, `indexKey` makes blind indexes. */
export type DataKey = { readonly id: string; readonly key: KeyObject; readonly indexKey: KeyObject }

export const nonceBytes = 12

const known = new Map<string, DataKey>()

/** Seals what is written now. */
export function presentDataKey(): DataKey {
  const [present] = dataKeys()
  invariant(present, 'there is no key of data')
  return present
}

/** Every key that opens what is stored, the present one first. */
export function dataKeys(): readonly DataKey[] {
  const now = environment()
  if (given?.environment !== now) given = { environment: now, keys: keysOf(now) }
  return given.keys
}
let given: { readonly environment: Environment; readonly keys: readonly DataKey[] } | undefined

function keysOf({ DATA_SECRET, DATA_SECRET_PREVIOUS, APP_SECRET_PREVIOUS }: Environment): readonly DataKey[] {
  // Without a secret of its own data is sealed with the installation's; it opens with that for as long as there is one.
  const secrets = [DATA_SECRET, appSecret(), DATA_SECRET_PREVIOUS, APP_SECRET_PREVIOUS]
  return [...new Set(secrets.filter((secret) => secret !== undefined))].map(keyOf)
}

/** A nonce that no value has had. */
export function nonce(): Buffer {
  // Asking the system once for many is what makes sealing thousands of values cheap.
  if (offset >= pool.length) {
    randomFillSync(pool)
    offset = 0
  }
  offset += nonceBytes
  return Buffer.from(pool.subarray(offset - nonceBytes, offset))
}
const pool = Buffer.alloc(nonceBytes * 512)
let offset = pool.length

function keyOf(secret: string): DataKey {
  const seen = known.get(secret)
  if (seen) return seen
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', 'livery secrets at rest', 32))
  const id = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  const indexKey = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'livery blind indexes', 32)))
  const made = { id, key: createSecretKey(bytes), indexKey }
  known.set(secret, made)
  return made
}
