import { invariant } from '../shared/invariant.ts'
import { type LocalDate, yearOf } from '../time/local-date.ts'
import { defaultNumberFormat, type NumberNames, parseNumberFormat, writeNumber } from './number-format.ts'

/** The year whose counter numbers a document issued on `issueDate`, a date of the issuer's zone. */
export function seriesYear(issueDate: LocalDate): number {
  return yearOf(issueDate)
}

/** A place in a series that counts without gaps within a year (B20), and how its numbers look: `format` null when none was set. */
export type DocumentNumber = NumberNames & { readonly format: string | null; readonly year: number; readonly sequence: number }

/** The number as printed, e.g. `LC-2026-00001`; past 99999 it grows by a digit. @throws InvariantError for a format that was never accepted. */
export function formatDocumentNumber({ format, year, sequence, ...names }: DocumentNumber): string {
  const parsed = parseNumberFormat(format ?? defaultNumberFormat(names.documentType), names)
  invariant(parsed.ok, `formatDocumentNumber: ${format} is no format`)
  return writeNumber(parsed.value, { year, sequence })
}
