import { stringify } from 'csv-stringify/sync'
import { Decimal } from '#app/domain/money/decimal.ts'

/** Text, or a number that is written as it is: `-9.5` is no formula. */
export type CsvCell = string | Decimal

/** Rows as lines of CSV, for files that are sent piece by piece. Text that a spreadsheet would take for a formula stands behind an apostrophe. */
export function csvLines(rows: readonly (readonly CsvCell[])[], { bom = false } = {}): string {
  return stringify(rows as CsvCell[][], { bom, escape_formulas: true, record_delimiter: '\r\n', cast: { object: numberText } })
}

function numberText(value: object) {
  return value instanceof Decimal ? { value: value.toFixed(), escape_formulas: false } : JSON.stringify(value)
}
