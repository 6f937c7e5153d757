import { stringify } from 'csv-stringify/sync'

/** Rows as lines of CSV, for files that are sent piece by piece. Text that a spreadsheet would take for a formula stands behind an apostrophe. */
export function csvLines(rows: readonly (readonly string[])[]): string {
  return stringify(rows as string[][], { escape_formulas: true, record_delimiter: '\r\n' })
}
