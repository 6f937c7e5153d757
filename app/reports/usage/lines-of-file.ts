import { CsvError, parse } from 'csv-parse/sync'
import type { LineProblem, TableLine } from '#app/domain/usage/usage-lines.ts'

export type ReadTable =
  | { readonly ok: true; readonly value: readonly TableLine[] }
  | { readonly ok: false; readonly problems: readonly LineProblem[] }

/** The rows of a CSV text with commas or semicolons, each with its line; a text that is none is refused at the line where it breaks. */
export function linesOfFile(text: string): ReadTable {
  const [head = ''] = text.split(/\r?\n/, 1)
  const delimiter = head.includes(';') && !head.includes(',') ? ';' : ','
  try {
    const rows = parse(text, { bom: true, delimiter, relax_column_count: true, info: true }) as unknown as CountedRow[]
    return { ok: true, value: rows.map(({ record, info }) => ({ line: info.lines, cells: record })) }
  } catch (failure) {
    if (!(failure instanceof CsvError)) throw failure
    return { ok: false, problems: [{ line: Number(failure.lines ?? 1), column: '', code: 'malformed-file' }] }
  }
}

type CountedRow = { readonly record: string[]; readonly info: { readonly lines: number } }
