import type { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import type { RawUsageRecord } from '#app/ports/cloud-driver.ts'
import { contentKey } from './content-key.ts'
import { readInstant } from './instant-text.ts'
import { malformedFile } from './malformed-file.ts'
import { readQuantity } from './quantity-text.ts'
import { storable } from './storable.ts'

type Row = Readonly<Record<string, string>>

const required = ['usage_type', 'quantity', 'window_start', 'window_end'] as const
/** Columns with a place of their own in a record; every other column is a dimension. */
const known = new Set<string>([
  ...required,
  'source_id',
  'resource_id',
  'resource_name',
  'project_id',
  'account_id',
  'domain_id',
  'domain_path',
])
const maxRowCharacters = 100_000
const unreadable = new Date(0)

/**
 * Usage records from CSV with a header line. Needed columns: usage_type, quantity, window_start, window_end (half-open, with an
 * offset). Known: source_id, resource_id, resource_name, project_id, account_id, domain_id, domain_path. Each further column, such as unit,
 * zone or size_bytes, is a dimension of its name in camel case. Reads as it goes: memory does not grow with the file.
 * @throws CloudError `malformed-file` naming the line, on a header or a row that is not of this shape.
 */
export async function* readCsvUsage(source: Readable | string, cloud: string): AsyncGenerator<RawUsageRecord> {
  let hasHeader = false
  const columns = (header: readonly string[]) => {
    hasHeader = true
    return checkedHeader(header)
  }
  const parser = parse({ bom: true, columns, skip_empty_lines: true, trim: true, max_record_size: maxRowCharacters })
  const input = typeof source === 'string' ? undefined : source
  // Errors of the input reach the reader through the parser; without this the loop below would wait for ever.
  input?.once('error', (error) => parser.destroy(error))
  if (input) input.pipe(parser)
  else parser.end(source)

  try {
    for await (const row of parser) yield toRawUsage(row as Row, cloud)
  } catch (error) {
    throw refusalOf(error)
  } finally {
    input?.unpipe(parser)
  }
  if (!hasHeader) throw malformedFile('is empty')
}

/** Errors of the source itself, such as a file that vanished, pass as they are. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error
  return malformedFile(`is not CSV of one shape: ${error.code} at line ${String(error.lines ?? '?')}`, error)
}

function checkedHeader(header: readonly string[]): string[] {
  const names = header.map((name) => name.trim().toLowerCase())
  const missing = required.filter((name) => !names.includes(name))
  if (missing.length > 0) throw malformedFile(`lacks the column ${missing.join(', ')}`)
  const doubled = names.find((name, index) => names.indexOf(name) !== index)
  if (doubled !== undefined) throw malformedFile(`has the column ${doubled} twice`)
  return names
}

function toRawUsage(raw: Row, cloud: string): RawUsageRecord {
  const row = storable(raw)
  const read = (column: string) => row[column] || undefined
  const start = readInstant(read('window_start'))
  const end = readInstant(read('window_end'))
  const hasWindow = start !== undefined && end !== undefined
  const quantity = readQuantity(read('quantity'))
  const usageType = read('usage_type')
  const problem = problemOf({ hasType: usageType !== undefined, hasWindow, hasQuantity: quantity !== undefined })
  return {
    contentKey: contentKey(['csv', cloud, ...identity(row)]),
    usageType: usageType ?? 'unknown',
    quantity,
    windowStart: hasWindow ? start : unreadable,
    windowEnd: hasWindow ? end : unreadable,
    resourceRef: read('resource_id'),
    resourceName: read('resource_name'),
    owner: ownerOf(read),
    dimensions: dimensionsOf(row),
    payload: row,
    ...(problem && { problem }),
  }
}

function problemOf(found: { hasType: boolean; hasWindow: boolean; hasQuantity: boolean }): RawUsageRecord['problem'] {
  if (!found.hasType) return 'malformed-record'
  if (!found.hasWindow) return 'unreadable-date'
  return found.hasQuantity ? undefined : 'unreadable-quantity'
}

/** Every cell but the quantity and the names; dates by the instant they mean. Sorted, so that the order of columns counts for nothing. */
function identity(row: Row): string[] {
  return Object.keys(row)
    .filter((column) => column !== 'quantity' && column !== 'resource_name' && row[column] !== '')
    .sort()
    .flatMap((column) => [column, column.startsWith('window_') ? instantOf(row[column]) : (row[column] ?? '')])
}

function instantOf(text: string | undefined): string {
  return readInstant(text)?.toISOString() ?? text ?? ''
}

function ownerOf(read: (column: string) => string | undefined): RawUsageRecord['owner'] {
  const owner = {
    projectId: read('project_id'),
    accountId: read('account_id'),
    domainId: read('domain_id'),
    domainPath: read('domain_path'),
  }
  return Object.fromEntries(Object.entries(owner).filter(([, value]) => value !== undefined))
}

function dimensionsOf(row: Row): Record<string, string> {
  const extra = Object.entries(row).filter(([column, value]) => !known.has(column) && value !== '')
  return Object.fromEntries(extra.map(([column, value]) => [column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()), value]))
}
