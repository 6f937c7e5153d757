import { parse } from 'csv-parse/sync'
import { readSheet as readXlsx } from 'read-excel-file/node'
import writeXlsx from 'write-excel-file/node'
import { type CsvCell, csvLines } from './csv-lines.ts'

/** The forms a table leaves and enters in. */
export const sheetFormats = ['csv', 'xlsx'] as const
export type SheetFormat = (typeof sheetFormats)[number]

/** A table as rows of texts, the head first. */
export type Sheet = readonly (readonly string[])[]

const mostBytes = 8_000_000
const zipHead = [0x50, 0x4b]

/**
 * A table as a file. Text that a spreadsheet would take for a formula is written as text: in CSV behind an apostrophe, in XLSX as a
 * cell of that type. A decimal is a number as long as a spreadsheet keeps all its digits, else text: it would round them.
 */
export async function writeSheet(rows: readonly (readonly CsvCell[])[], format: SheetFormat): Promise<Uint8Array<ArrayBuffer>> {
  if (format === 'csv') return new Uint8Array(Buffer.from(csvLines(rows, { bom: true })))
  const cells = rows.map((row, index) =>
    row.map((value) => ({ ...typedCell(value), ...(index === 0 ? { fontWeight: 'bold' as const } : {}) })),
  )
  const file = await writeXlsx(cells, { stickyRowsCount: 1 })
  return new Uint8Array(await file.toBuffer())
}

const digitsKept = 15

function typedCell(value: CsvCell) {
  if (typeof value === 'string') return { value, type: String }
  return value.precision() <= digitsKept ? { value: value.toNumber(), type: Number } : { value: value.toFixed(), type: String }
}

export type ReadSheet =
  | { readonly ok: true; readonly value: Sheet }
  | { readonly ok: false; readonly error: 'file-too-large' | 'file-unreadable' }

/** A table out of a file, XLSX when it looks like one, else CSV with commas or semicolons. Numbers of a spreadsheet keep every digit it stored. */
export async function readSheet(bytes: Uint8Array): Promise<ReadSheet> {
  if (bytes.length > mostBytes) return { ok: false, error: 'file-too-large' }
  try {
    const isZip = zipHead.every((byte, index) => bytes[index] === byte)
    return { ok: true, value: isZip ? await xlsxRows(bytes) : csvRows(Buffer.from(bytes).toString('utf8')) }
  } catch {
    // Whatever a parser says of a broken file, the reader can only choose another one.
    return { ok: false, error: 'file-unreadable' }
  }
}

async function xlsxRows(bytes: Uint8Array): Promise<Sheet> {
  const rows = await readXlsx(Buffer.from(bytes), 1, { parseNumber: (text: string) => text })
  return rows.map((row) => row.map((cell) => (cell === null ? '' : unescaped(cell instanceof Date ? cell.toISOString() : String(cell)))))
}

function csvRows(text: string): Sheet {
  const [head = ''] = text.split(/\r?\n/, 1)
  const delimiter = head.includes(';') && !head.includes(',') ? ';' : ','
  const rows: string[][] = parse(text, { bom: true, delimiter, relax_column_count: true })
  return rows.map((row) => row.map(unescaped))
}

/** The apostrophe that keeps a text from being a formula is not part of it. */
function unescaped(cell: string): string {
  return /^'[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? cell.slice(1) : cell
}
