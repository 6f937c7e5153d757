import { type CsvCell, readSheet, type SheetFormat, sheetFormats, writeSheet } from '#app/wiring.server.ts'

export type { CsvCell }

const types: Readonly<Record<SheetFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** A table as a download; CSV unless another form is asked for. */
export async function sheetDownload(rows: readonly (readonly CsvCell[])[], name: string, wanted: string | null): Promise<Response> {
  const format = sheetFormats.find((known) => known === wanted) ?? 'csv'
  const bytes = await writeSheet(rows, format)
  return new Response(bytes, {
    headers: {
      'Content-Type': types[format],
      'Content-Disposition': `attachment; filename="${name}.${format}"`,
      'Cache-Control': 'no-store',
    },
  })
}

/** The cells of an uploaded table; undefined when it cannot be read or is too large. */
export async function uploadedCells(file: FormDataEntryValue | null): Promise<readonly (readonly string[])[] | undefined> {
  if (!(file instanceof File) || file.size === 0) return undefined
  const sheet = await readSheet(new Uint8Array(await file.arrayBuffer()))
  return sheet.ok ? sheet.value : undefined
}
