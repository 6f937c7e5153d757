import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { LargeFileStore } from '#app/ports/file-store.ts'

/** A key that seals the files of a tenant; `id` is a UUID and stands in what it has sealed. */
export type FileKey = { readonly id: string; readonly key: KeyObject }

export type FileKeys = {
  /** Seals what is put now. */
  present(tenantId: string): Promise<FileKey>
  /** @throws when the tenant has none of that id. */
  named(tenantId: string, id: string): Promise<FileKey>
}

// A file is its head, then frames of 64 kB (the last one has what is left): ciphertext and tag each. Every file has a key of its own, derived of
// the tenant's by the salt in its head, so that a frame's place in the file can be its nonce; whether it is the last one counts, too.
const mark = Buffer.from('LIVERY\u0001\n', 'latin1')
const [idBytes, saltBytes, tagBytes, frameBytes] = [16, 16, 16, 65_536]
const headBytes = mark.length + idBytes + saltBytes
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/

/**
 * Files that lie sealed in `store` (AES-256-GCM), each for its own key of the store. What was put before there was sealing is read as it is.
 * The tenant is the first id in a file's key; sizes and hashes of what is put are those of what is got.
 */
export function sealedFileStore(store: LargeFileStore, keys: FileKeys): LargeFileStore {
  const getParts = async (key: string) => {
    const parts = await store.getParts(key)
    return parts && openedParts(parts, key, keys)
  }
  return {
    async put(key, content) {
      await store.putParts(key, await sealedParts(asParts(content), key, keys))
    },
    async putParts(key, parts) {
      await store.putParts(key, await sealedParts(parts, key, keys))
    },
    async get(key) {
      const parts = await getParts(key)
      return parts && whole(parts)
    },
    getParts,
  }
}

async function whole(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const read: Uint8Array[] = []
  for await (const part of parts) read.push(part)
  return new Uint8Array(Buffer.concat(read))
}

async function* asParts(content: Uint8Array) {
  yield content
}

function tenantOf(key: string): string {
  const [tenantId] = uuid.exec(key) ?? []
  invariant(tenantId, `file store: no tenant is named by ${key}`)
  return tenantId
}

async function sealedParts(parts: AsyncIterable<Uint8Array>, key: string, keys: FileKeys): Promise<AsyncIterable<Uint8Array>> {
  const used = await keys.present(tenantOf(key))
  const salt = randomBytes(saltBytes)
  const own = ownKey(used, salt, key)
  const head = Buffer.concat([mark, Buffer.from(used.id.replaceAll('-', ''), 'hex'), salt])
  return (async function* () {
    yield head
    for await (const { bytes, place, isLast } of framesOf(parts, frameBytes)) {
      const cipher = createCipheriv('aes-256-gcm', own, nonceOf(place, isLast))
      yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
    }
  })()
}

async function* openedParts(parts: AsyncIterable<Uint8Array>, key: string, keys: FileKeys): AsyncGenerator<Uint8Array> {
  const source = new Source(parts)
  try {
    const head = await source.take(headBytes)
    if (!head.subarray(0, mark.length).equals(mark)) {
      yield head
      yield* source.rest()
      return
    }
    const id = head.toString('hex', mark.length, mark.length + idBytes).replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    const own = ownKey(await keys.named(tenantOf(key), id), head.subarray(mark.length + idBytes), key)
    for await (const { bytes, place, isLast } of framesOf(source.rest(), frameBytes + tagBytes)) {
      const decipher = createDecipheriv('aes-256-gcm', own, nonceOf(place, isLast))
      decipher.setAuthTag(bytes.subarray(-tagBytes))
      yield Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()])
    }
  } finally {
    await source.close()
  }
}

function ownKey({ key }: FileKey, salt: Uint8Array, fileKey: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, salt, `livery file ${fileKey}`, 32))
}

function nonceOf(place: number, isLast: boolean): Uint8Array {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(place, 7)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

type Frame = { readonly bytes: Buffer; readonly place: number; readonly isLast: boolean }

/** `parts` cut anew into frames of `size` bytes; the last one, the only one that may be shorter, is always there. */
async function* framesOf(parts: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Frame> {
  const source = new Source(parts)
  try {
    let bytes = await source.take(size)
    for (let place = 0; ; place += 1) {
      const next = bytes.length < size ? Buffer.alloc(0) : await source.take(size)
      const isLast = next.length === 0
      yield { bytes, place, isLast }
      if (isLast) return
      bytes = next
    }
  } finally {
    await source.close()
  }
}

/** Parts of any length, taken in the lengths that are asked for. */
class Source {
  readonly #parts: AsyncIterator<Uint8Array>
  #held: Uint8Array[] = []
  #length = 0

  constructor(parts: AsyncIterable<Uint8Array>) {
    this.#parts = parts[Symbol.asyncIterator]()
  }

  /** The next `count` bytes, fewer at the end alone. */
  async take(count: number): Promise<Buffer> {
    while (this.#length < count) {
      const { done, value } = await this.#parts.next()
      if (done) break
      this.#held.push(value)
      this.#length += value.byteLength
    }
    const [only] = this.#held
    const all = only && this.#held.length === 1 ? Buffer.from(only.buffer, only.byteOffset, only.byteLength) : Buffer.concat(this.#held)
    const left = all.subarray(count)
    this.#held = [left]
    this.#length = left.byteLength
    return all.subarray(0, count)
  }

  async *rest(): AsyncGenerator<Uint8Array> {
    yield* this.#held
    for (let next = await this.#parts.next(); !next.done; next = await this.#parts.next()) yield next.value
  }

  /** Tells who gives the parts that no more are wanted. */
  async close(): Promise<void> {
    await this.#parts.return?.()
  }
}
