import { ruleOf, unitOfMeter } from './meters.ts'
import type { OwnMeters } from './own-meter.ts'

/** One row of a table of usage, and the line it ends on in its file. */
export type TableLine = { readonly line: number; readonly cells: readonly string[] }

/** What was used over `[from, to)`, in the unit that the meter is reported in, by a resource or an account as the file names them. */
export type UsageLine = {
  readonly line: number
  readonly meter: string
  readonly unit: string
  readonly quantity: string
  readonly from: Date
  readonly to: Date
  readonly resource: string | undefined
  readonly account: string | undefined
  readonly dimensions: Readonly<Record<string, string>>
}

/** What is wrong with a cell; without a column it is the line as a whole. */
export type LineProblem = { readonly line: number; readonly column: string; readonly code: LineProblemCode }
export type LineProblemCode =
  | 'column-missing'
  | 'column-twice'
  | 'unknown-meter'
  | 'meter-retired'
  | 'unit-mismatch'
  | 'not-a-quantity'
  | 'not-an-instant'
  | 'ends-before-start'
  | 'nobody'
  | 'unknown-resource'
  | 'unknown-account'
  | 'row-twice'
  | 'malformed-file'

export type ReadUsageLines =
  | { readonly ok: true; readonly value: readonly UsageLine[] }
  | { readonly ok: false; readonly problems: readonly LineProblem[] }

const required = ['meter', 'quantity', 'from', 'to'] as const
const known: ReadonlySet<string> = new Set([...required, 'unit', 'resource', 'account'])
const instant = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/

/**
 * The usage of a table whose head names `meter`, `quantity`, `from`, `to`, `resource` or `account`, and if wanted `unit`; every other
 * column is a dimension. Instants in ISO 8601 with an offset, or a date for midnight UTC. `own` are meters that the seller defined.
 * Every cell that cannot be read is named, and a row that says of the same thing what another one did: one is enough to refuse all.
 */
export function readUsageLines([head, ...body]: readonly TableLine[], own: OwnMeters): ReadUsageLines {
  const columns = (head?.cells ?? []).map((name) => name.trim().toLowerCase())
  const missing = required.filter((name) => !columns.includes(name))
  const doubled = columns.filter((name, place) => columns.indexOf(name) !== place)
  const line = head?.line ?? 1
  if (missing.length + doubled.length > 0)
    return {
      ok: false,
      problems: [
        ...missing.map((column) => ({ line, column, code: 'column-missing' as const })),
        ...doubled.map((column) => ({ line, column, code: 'column-twice' as const })),
      ],
    }
  const problems: LineProblem[] = []
  const usage = body.flatMap(({ line, cells }) => {
    if (cells.every((cell) => cell.trim() === '')) return []
    const named = Object.fromEntries(columns.map((name, place) => [name, (cells[place] ?? '').trim()]))
    const read = readLine({ line, cells: named, own })
    problems.push(...read.problems)
    return read.usage ? [read.usage] : []
  })
  problems.push(...doubledLines(usage))
  return problems.length > 0 ? { ok: false, problems: problems.sort((a, b) => a.line - b.line) } : { ok: true, value: usage }
}

/** Names the fact that a line tells: all of it but the quantity. */
export function identityOf({ meter, resource, account, from, to, dimensions }: UsageLine): readonly string[] {
  const named = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))
  return [meter, resource ?? '', account ?? '', from.toISOString(), to.toISOString(), ...named.flat()]
}

function doubledLines(usage: readonly UsageLine[]): LineProblem[] {
  const seen = new Set<string>()
  return usage.flatMap((one): LineProblem[] => {
    const key = JSON.stringify(identityOf(one))
    if (seen.has(key)) return [{ line: one.line, column: '', code: 'row-twice' }]
    seen.add(key)
    return []
  })
}

type Cells = { readonly line: number; readonly cells: Readonly<Record<string, string>>; readonly own: OwnMeters }
type ReadLine = { readonly problems: readonly LineProblem[]; readonly usage?: UsageLine }

function readLine({ line, cells, own }: Cells): ReadLine {
  const { meter = '', quantity = '', resource = '', account = '' } = cells
  const [from, to] = [instantOf(cells.from), instantOf(cells.to)]
  const unit = unitOfMeter(meter, own) === undefined ? undefined : ruleOf(meter, own)?.reported
  const retiredAt = own.get(meter)?.retiredAt
  const checks: readonly (readonly [string, LineProblemCode, boolean])[] = [
    ['meter', 'unknown-meter', unit === undefined],
    ['meter', 'meter-retired', Boolean(retiredAt && to && to.getTime() > retiredAt.getTime())],
    ['unit', 'unit-mismatch', Boolean(unit && cells.unit && cells.unit !== unit)],
    ['quantity', 'not-a-quantity', !/^\d{1,26}(\.\d{1,12})?$/.test(quantity)],
    ['from', 'not-an-instant', !from],
    ['to', 'not-an-instant', !to],
    ['to', 'ends-before-start', Boolean(from && to && to.getTime() <= from.getTime())],
    ['resource', 'nobody', resource === '' && account === ''],
  ]
  const problems = checks.flatMap(([column, code, isWrong]): LineProblem[] => (isWrong ? [{ line, column, code }] : []))
  if (problems.length > 0 || !unit || !from || !to) return { problems }
  const dimensions = Object.fromEntries(Object.entries(cells).filter(([name, value]) => !known.has(name) && value !== ''))
  const owner = { resource: resource || undefined, account: account || undefined }
  return { problems, usage: { line, meter, unit, quantity, from, to, ...owner, dimensions } }
}

function instantOf(text = ''): Date | undefined {
  const ms = instant.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(ms) ? undefined : new Date(ms)
}
