import { Decimal } from '../money/decimal.ts'
import { unitOfMeter } from '../usage/meters.ts'
import type { OwnMeters } from '../usage/own-meter.ts'

/** One row of a usage file: so much of a meter over `[start, end)`, by a resource. */
export type SheetUsage = {
  readonly row: number
  readonly meter: string
  readonly unit: string
  readonly quantity: Decimal
  readonly start: Date
  readonly end: Date
  readonly resource: string | null
  readonly subscription: string | null
  readonly dimensions: Readonly<Record<string, string>>
}

/** What is wrong with a cell: row 1 is the head. */
export type SheetProblem = { readonly row: number; readonly column: string; readonly code: string }

export type ReadUsageSheet =
  | { readonly ok: true; readonly value: readonly SheetUsage[] }
  | { readonly ok: false; readonly error: 'bad-rows'; readonly problems: readonly SheetProblem[] }

const required = ['meter', 'quantity', 'start', 'end'] as const
const own: ReadonlySet<string> = new Set([...required, 'resource', 'subscription', 'unit'])
const instant = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/
const decimalNumber = /^-?\d{1,26}(\.\d{1,12})?$/

/**
 * The usage of a table whose head names `meter`, `quantity`, `start`, `end`, and if wanted `resource`, `subscription` and `unit`;
 * every other column is a dimension. Instants in ISO 8601 with a zone, or a date for midnight UTC. A negative quantity is a
 * correction. Every cell that cannot be read is named; one is enough to refuse the table. `own` are meters that the seller defined.
 */
export function readUsageSheet(rows: readonly (readonly string[])[], own?: OwnMeters): ReadUsageSheet {
  const [head = [], ...body] = rows
  const columns = head.map((name) => name.trim())
  const missing = required.filter((name) => !columns.includes(name))
  if (missing.length > 0)
    return { ok: false, error: 'bad-rows', problems: missing.map((column) => ({ row: 1, column, code: 'column-missing' })) }

  const problems: SheetProblem[] = []
  const usage = body.flatMap((cells, index): SheetUsage[] => {
    const row = index + 2
    if (cells.every((cell) => cell.trim() === '')) return []
    const read = readRow(row, { cells: Object.fromEntries(columns.map((name, place) => [name, (cells[place] ?? '').trim()])), own })
    if ('problems' in read) problems.push(...read.problems)
    return 'problems' in read ? [] : [read]
  })
  return problems.length > 0 ? { ok: false, error: 'bad-rows', problems } : { ok: true, value: usage }
}

type Cells = { readonly cells: Readonly<Record<string, string>>; readonly own: OwnMeters | undefined }

function readRow(row: number, { cells, own: ownMeters }: Cells): SheetUsage | { readonly problems: readonly SheetProblem[] } {
  const problems: SheetProblem[] = []
  const refuse = (column: string, code: string) => problems.push({ row, column, code })
  const { meter = '', quantity = '', start: from = '', end: to = '', unit = '' } = cells
  const known = unitOfMeter(meter, ownMeters)
  if (!known) refuse('meter', 'unknown-meter')
  if (known && unit && unit !== known) refuse('unit', 'unit-mismatch')
  if (!decimalNumber.test(quantity)) refuse('quantity', 'not-a-decimal')
  const [start, end] = [instantOf(from), instantOf(to)]
  if (!start) refuse('start', 'not-an-instant')
  if (!end) refuse('end', 'not-an-instant')
  if (start && end && end.getTime() <= start.getTime()) refuse('end', 'ends-before-start')
  if (!known || !start || !end || problems.length > 0) return { problems }
  return {
    row,
    meter,
    unit: known,
    quantity: new Decimal(quantity),
    start,
    end,
    resource: cells.resource || null,
    subscription: cells.subscription || null,
    dimensions: Object.fromEntries(Object.entries(cells).filter(([name, value]) => !own.has(name) && value !== '')),
  }
}

function instantOf(text: string): Date | undefined {
  if (!instant.test(text)) return undefined
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? undefined : new Date(ms)
}
