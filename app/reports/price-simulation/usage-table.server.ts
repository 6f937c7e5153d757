import { CsvError, parse } from 'csv-parse/sync'
import { readOwnMeters } from '#app/db/catalog/meters.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type ReadUsageSheet, readUsageSheet } from '#app/domain/simulation/usage-sheet.ts'

/** Usage out of the text of a CSV file with commas or semicolons; a text that is none is refused at its first line. */
export async function readUsageText(ctx: TenantContext, text: string): Promise<ReadUsageSheet> {
  const own = await readOwnMeters(ctx)
  const [head = ''] = text.split(/\r?\n/, 1)
  const delimiter = head.includes(';') && !head.includes(',') ? ';' : ','
  try {
    return readUsageSheet(parse(text, { bom: true, delimiter, relax_column_count: true }) as string[][], own)
  } catch (failure) {
    if (!(failure instanceof CsvError)) throw failure
    return { ok: false, error: 'bad-rows', problems: [{ row: Number(failure.lines ?? 1), column: '', code: 'malformed-file' }] }
  }
}
