import { createHash } from 'node:crypto'

/** sha-256 in hex over `fields` in their order. They are JSON-encoded, so that no two different lists share a text. */
export function contentKey(fields: readonly (string | undefined)[]): string {
  return createHash('sha256')
    .update(JSON.stringify(fields.map((field) => field ?? null)))
    .digest('hex')
}
