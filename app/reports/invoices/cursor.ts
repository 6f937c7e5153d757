import { Uuid } from '#app/domain/shared/ids.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** The last row of a page: the next one begins after it. */
export type Position = { readonly issueDate: LocalDate; readonly id: string }

/** `position` as opaque text for a link. */
export function writeCursor(position: Position): string {
  return Buffer.from(`${position.issueDate}|${position.id}`).toString('base64url')
}

/** The position a cursor names; null for none, or one that is not ours. */
export function readCursor(cursor: string | null | undefined): Position | null {
  if (!cursor) return null
  const [issueDate, id, ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split('|')
  if (!issueDate || rest.length > 0 || !isDate(issueDate) || !Uuid.safeParse(id).success) return null
  return { issueDate, id: id as string }
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}
