import { Uuid } from '#app/domain/shared/ids.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** The last row of a page: the next one begins after it. */
export type Position = { readonly bookedOn: LocalDate; readonly id: string }

/** `position` as opaque text for a link. */
export function writeCursor({ bookedOn, id }: Position): string {
  return Buffer.from(`${bookedOn}|${id}`).toString('base64url')
}

/** The position a cursor names; null for none, or one that is not ours. */
export function readCursor(cursor: string | null): Position | null {
  const [bookedOn = '', id = '', ...rest] = Buffer.from(cursor ?? '', 'base64url')
    .toString('utf8')
    .split('|')
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(bookedOn) && !Number.isNaN(Date.parse(bookedOn))
  return isDate && rest.length === 0 && Uuid.safeParse(id).success ? { bookedOn, id } : null
}
