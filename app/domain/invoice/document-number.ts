import { invariant } from '../shared/invariant.ts'
import { type LocalDate, yearOf } from '../time/local-date.ts'

/** A number of a series that counts without gaps within a year (B20). */
export type DocumentNumber = { readonly prefix: string; readonly year: number; readonly sequence: number }

/** The year whose counter numbers a document issued on `issueDate`, a date of the issuer's zone. */
export function seriesYear(issueDate: LocalDate): number {
  return yearOf(issueDate)
}

/** The number as printed, e.g. `LC-2026-00001`; past 99999 it grows by a digit. */
export function formatDocumentNumber({ prefix, year, sequence }: DocumentNumber): string {
  invariant(Number.isInteger(sequence) && sequence >= 1, 'formatDocumentNumber: the first number is 1')
  return `${prefix}-${year}-${String(sequence).padStart(5, '0')}`
}
