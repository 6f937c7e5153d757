import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { readSheet as readXlsx } from 'read-excel-file/node'
import writeXlsx from 'write-excel-file/node'

/** The forms a table leaves and enters in. */
export const sheetFormats = ['csv', 'xlsx'] as const
export type SheetFormat = (typeof sheetFormats)[number]

/** A table as rows of texts, the head first. */
export type Sheet = readonly (readonly string[])[]

const mostBytes = 8_000_000
const zipHead = [0x50, 0x4b]

/**
 * A table as a file. Text that a spreadsheet would take for a formula is written as text: in CSV behind an apostrophe, in XLSX as a
 * cell of that type. Numbers stay texts: a spreadsheet would round them.
 */
export async function writeSheet(rows: Sheet, format: SheetFormat): Promise<Uint8Array<ArrayBuffer>> {
  if (format === 'csv')
    return new Uint8Array(Buffer.from(stringify(rows as string[][], { bom: true, escape_formulas: true, record_delimiter: '\r\n' })))
  const cells = rows.map((row, index) =>
    row.map((value) => ({ value, type: String, ...(index === 0 ? { fontWeight: 'bold' as const } : {}) })),
  )
  const file = await writeXlsx(cells, { stickyRowsCount: 1 })
  return new Uint8Array(await file.toBuffer())
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
