import { Uuid } from '#app/domain/shared/ids.ts'

/** The last row of a page: the next one begins after it. */
export type Position = { readonly createdAt: Date; readonly id: string }

/** `position` as opaque text for a link. */
export function writeCursor({ createdAt, id }: Position): string {
  return Buffer.from(`${createdAt.toISOString()}|${id}`).toString('base64url')
}

/** The position a cursor names; null for none, or one that is not ours. */
export function readCursor(cursor: string | null): Position | null {
  const [instant = '', id = '', ...rest] = Buffer.from(cursor ?? '', 'base64url')
    .toString('utf8')
    .split('|')
  const createdAt = new Date(instant)
  return !Number.isNaN(createdAt.getTime()) && rest.length === 0 && Uuid.safeParse(id).success ? { createdAt, id } : null
}
