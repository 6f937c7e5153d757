import { Decimal } from '../../money/decimal.ts'
import { feeKinds } from './fee-kinds.ts'

/** The columns of a price list, in order. `product` empty is the rate card. */
export const priceListColumns = [
  'product',
  'fee',
  'meter',
  'match',
  'unit',
  'currency',
  'buyPrice',
  'buyCurrency',
  'buySince',
  'markupPercent',
  'sellPrice',
  'cap',
  'marginAmount',
  'marginPercent',
] as const
export type PriceListColumn = (typeof priceListColumns)[number]

/** A price that stands in the grid, as a list names it. */
export type ListedPrice = {
  readonly productCode: string | null
  readonly feeKind: string
  readonly meter: string | null
  readonly match: string
  readonly currency: string
  readonly sell: string | null
  readonly cap: string | null
}

export type PriceListProblemCode =
  | 'column-missing'
  | 'unknown-product'
  | 'unknown-fee'
  | 'unknown-price'
  | 'not-a-decimal'
  | 'wrong-currency'
  | 'line-twice'
  | 'too-many-rows'

/** A cell that is wrong: the row as a spreadsheet counts it, the head being row 1. */
export type PriceListProblem = { readonly row: number; readonly column: PriceListColumn; readonly problem: PriceListProblemCode }

/** A price that the list changes; `at` is the place of the price in what stands. */
export type PriceListChange = { readonly at: number; readonly row: number; readonly unitPrice: Decimal; readonly cap: Decimal | null }

export type PriceListReading =
  | { readonly ok: true; readonly value: readonly PriceListChange[] }
  | { readonly ok: false; readonly error: 'bad-list'; readonly problems: readonly PriceListProblem[] }

const mostRows = 20_000
const needed = ['product', 'fee', 'meter', 'match', 'sellPrice'] as const
const decimal = /^\d{1,14}(\.\d{1,12})?$/

/**
 * The prices that a list changes, out of its cells and what stands now: those whose sell price or cap is another one. A list
 * with one wrong cell changes nothing; every wrong cell is named by row and column. An empty sell price leaves the price as it is.
 */
export function readPriceList(cells: readonly (readonly string[])[], standing: readonly ListedPrice[]): PriceListReading {
  const [head = [], ...rows] = cells
  const place = new Map(head.map((name, index) => [name.trim(), index]))
  const missing = needed.filter((column) => !place.has(column))
  if (missing.length > 0) return refused(missing.map((column) => ({ row: 1, column, problem: 'column-missing' })))
  if (rows.length > mostRows) return refused([{ row: mostRows + 2, column: 'product', problem: 'too-many-rows' }])

  const known = new Map(standing.map((price, index) => [identityOf(price), { price, index }]))
  const products = new Set(standing.map(({ productCode }) => productCode ?? ''))
  const seen = new Set<string>()
  const problems: PriceListProblem[] = []
  const changes: PriceListChange[] = []
  for (const [index, cellsOfRow] of rows.entries()) {
    if (cellsOfRow.every((cell) => cell.trim() === '')) continue
    const row = { number: index + 2, cell: (column: PriceListColumn) => (cellsOfRow[place.get(column) ?? -1] ?? '').trim() }
    const read = readRow(row, { known, products, seen })
    if ('problem' in read) problems.push({ row: row.number, ...read })
    else if (read.isChanged) changes.push({ at: read.at, row: row.number, unitPrice: read.unitPrice, cap: read.cap })
  }
  return problems.length > 0 ? refused(problems) : { ok: true, value: changes }
}

type Row = { readonly number: number; cell(column: PriceListColumn): string }
type Known = {
  readonly known: ReadonlyMap<string, { readonly price: ListedPrice; readonly index: number }>
  readonly products: ReadonlySet<string>
  readonly seen: Set<string>
}
type ReadRow = Omit<PriceListProblem, 'row'> | (Omit<PriceListChange, 'row'> & { readonly isChanged: boolean })

function readRow(row: Row, sources: Known): ReadRow {
  const place = placeOf(row, sources)
  if ('problem' in place) return place
  const { price, index } = place
  const wrong = wrongFigure(row, price)
  if (wrong) return wrong
  const [sell, cap] = [row.cell('sellPrice'), row.cell('cap')]
  const next = { unitPrice: new Decimal(sell || (price.sell ?? 0)), cap: cap ? new Decimal(cap) : decimalOf(price.cap) }
  return { at: index, ...next, isChanged: sell !== '' && isOther(price, next) }
}

type Wrong = Omit<PriceListProblem, 'row'>

/** The price a row is about. */
function placeOf({ cell }: Row, { known, products, seen }: Known): Wrong | { readonly price: ListedPrice; readonly index: number } {
  const [productCode, feeKind, meter, match] = [cell('product'), cell('fee'), cell('meter'), cell('match')]
  if (!products.has(productCode)) return { column: 'product', problem: 'unknown-product' }
  if (!feeKinds.some((kind) => kind === feeKind)) return { column: 'fee', problem: 'unknown-fee' }
  const identity = identityOf({ productCode: productCode || null, feeKind, meter: meter || null, match })
  const found = known.get(identity)
  if (!found) return { column: meter ? 'meter' : 'fee', problem: 'unknown-price' }
  if (seen.has(identity)) return { column: 'product', problem: 'line-twice' }
  seen.add(identity)
  return found
}

function wrongFigure({ cell }: Row, price: ListedPrice): Wrong | undefined {
  const currency = cell('currency')
  if (currency && currency !== price.currency) return { column: 'currency', problem: 'wrong-currency' }
  const column = (['sellPrice', 'cap'] as const).find((name) => cell(name) !== '' && !decimal.test(cell(name)))
  return column && { column, problem: 'not-a-decimal' }
}

function isOther({ sell, cap }: ListedPrice, next: { readonly unitPrice: Decimal; readonly cap: Decimal | null }): boolean {
  return sell === null || !next.unitPrice.eq(sell) || (next.cap?.toFixed() ?? null) !== (decimalOf(cap)?.toFixed() ?? null)
}

function identityOf({ productCode, feeKind, meter, match }: Pick<ListedPrice, 'productCode' | 'feeKind' | 'meter' | 'match'>): string {
  return [productCode ?? '', feeKind, meter ?? '', match].join('\n')
}

function decimalOf(text: string | null): Decimal | null {
  return text === null ? null : new Decimal(text)
}

function refused(problems: readonly PriceListProblem[]): PriceListReading {
  return { ok: false, error: 'bad-list', problems }
}
