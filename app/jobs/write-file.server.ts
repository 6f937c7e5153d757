import { createHash } from 'node:crypto'
import type { FilePart } from './export-contents.server.ts'

export type Written = { readonly sha256: string; readonly sizeBytes: number; readonly rows: number }

/** Hands `parts` to `write` one after the other and says what they came to. */
export async function writeFile(
  parts: AsyncIterable<FilePart>,
  write: (bytes: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<Written> {
  const hash = createHash('sha256')
  const sum = { sizeBytes: 0, rows: 0 }
  async function* counted() {
    for await (const { bytes, rows } of parts) {
      hash.update(bytes)
      sum.sizeBytes += bytes.byteLength
      sum.rows += rows
      yield bytes
    }
  }
  await write(counted())
  return { sha256: hash.digest('hex'), ...sum }
}
