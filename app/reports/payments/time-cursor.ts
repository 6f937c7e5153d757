import { Uuid } from '#app/domain/shared/ids.ts'

/** The last row of a page of a list by instant: the next one begins after it. */
export type TimePosition = { readonly at: Date; readonly id: string }

/** `position` as opaque text for a link. */
export function writeTimeCursor({ at, id }: TimePosition): string {
  return Buffer.from(`${at.toISOString()}|${id}`).toString('base64url')
}

/** The position a cursor names; null for none, or one that is not ours. */
export function readTimeCursor(cursor: string | null): TimePosition | null {
  const [at = '', id = '', ...rest] = Buffer.from(cursor ?? '', 'base64url')
    .toString('utf8')
    .split('|')
  const instant = new Date(at)
  return !Number.isNaN(instant.getTime()) && rest.length === 0 && Uuid.safeParse(id).success ? { at: instant, id } : null
}

/** The first `limit` of `rows`, and the cursor of what follows them. */
export function pageByTime<R extends { readonly id: string }>(
  rows: readonly R[],
  limit: number,
  instantOf: (row: R) => Date,
): { readonly rows: readonly R[]; readonly nextCursor: string | null } {
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    nextCursor: rows.length > limit && last ? writeTimeCursor({ at: instantOf(last), id: last.id }) : null,
  }
}
