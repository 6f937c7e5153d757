import { CsvError, parse } from 'csv-parse/sync'
import { type ReadUsageSheet, readUsageSheet } from '#app/domain/simulation/usage-sheet.ts'

/** Usage out of the text of a CSV file with commas or semicolons; a text that is none is refused at its first line. */
export function readUsageText(text: string): ReadUsageSheet {
  const [head = ''] = text.split(/\r?\n/, 1)
  const delimiter = head.includes(';') && !head.includes(',') ? ';' : ','
  try {
    return readUsageSheet(parse(text, { bom: true, delimiter, relax_column_count: true }) as string[][])
  } catch (failure) {
    if (!(failure instanceof CsvError)) throw failure
    return { ok: false, error: 'bad-rows', problems: [{ row: Number(failure.lines ?? 1), column: '', code: 'malformed-file' }] }
  }
}
