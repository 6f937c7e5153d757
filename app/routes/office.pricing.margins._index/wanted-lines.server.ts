import { Decimal } from '#app/domain/money/decimal.ts'
import type { PriceLine } from '#app/domain/pricing/markup/plan-sell-prices.ts'
import { readPriceList } from '#app/domain/pricing/markup/price-list.ts'
import { readMarginRows } from '#app/reports/margins/query.server.ts'
import type { MarginRow } from '#app/reports/margins/shape.ts'
import { linesOfMarkups } from '#app/services/offers/apply-markup.server.ts'
import type { StaffContext } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { priceFieldOf } from './price-field.ts'

/** What is wrong with one price, or with one column of a file's row. */
export type LineFault = {
  readonly row: number | null
  readonly name: string
  readonly price: Pick<MarginRow, 'product' | 'meter' | 'feeKind' | 'currency'> | null
  readonly problem: string
}

type Source = { readonly row: number | null; readonly name: string; readonly price: MarginRow | null }
/** What is to be set in one book; each line with where it comes from. */
export type AskedLines = { readonly priceBookId: string; readonly lines: readonly PriceLine[]; readonly sources: readonly Source[] }
export type LineFaults = { readonly faults: readonly LineFault[] }
type Wanted = { readonly books: readonly AskedLines[] } | LineFaults
type Book = { readonly priceBookId: string; readonly at: Date }

/** What the mark-ups of the book make. */
export async function markupLines(ctx: StaffContext, book: Book): Promise<Wanted> {
  const lines = await linesOfMarkups(ctx, book)
  const sources = lines.map(({ fee }) => ({ row: null, name: fee.meter ?? fee.feeKind, price: null }))
  return { books: lines.length > 0 ? [{ priceBookId: book.priceBookId, lines, sources }] : [] }
}

/** The prices that a file changes. */
export async function fileLines(ctx: StaffContext, book: Book, cells: readonly (readonly string[])[]): Promise<Wanted> {
  const standing = (await readMarginRows(ctx, book))?.rows ?? []
  const list = readPriceList(cells, standing)
  if (!list.ok) return { faults: list.problems.map(({ row, column, problem }) => ({ row, name: column, price: null, problem })) }
  const changes = list.value.flatMap(({ at, row, unitPrice, cap }) => {
    const price = standing[at]
    return price ? [{ line: ownLine(price, unitPrice, cap), source: { row, name: '', price } }] : []
  })
  return { books: changes.length > 0 ? [askedOf(book.priceBookId, changes)] : [] }
}

const decimal = /^\d{1,14}([.,]\d{1,12})?$/

/** The prices typed into the grid that are others than those that stand, in every book that has one. */
export async function typedLines(ctx: StaffContext, body: FormData, at: Date): Promise<Wanted> {
  const typed = [...body].flatMap(([name, value]) => {
    const field = priceFieldOf(name)
    return field && isUuid(field.priceBookId) && typeof value === 'string' ? [{ ...field, text: value.trim() }] : []
  })
  const books: AskedLines[] = []
  const faults: LineFault[] = []
  for (const priceBookId of new Set(typed.map((field) => field.priceBookId))) {
    const texts = new Map(typed.filter((field) => field.priceBookId === priceBookId).map(({ key, text }) => [key, text]))
    const rows = (await readMarginRows(ctx, { priceBookId, at }))?.rows ?? []
    const changed = rows.flatMap((price) => {
      const text = texts.get(price.key) ?? ''
      return text === '' || text === (price.sell ?? '') ? [] : [{ price, text }]
    })
    faults.push(
      ...changed.flatMap(({ price, text }) => (decimal.test(text) ? [] : [{ row: null, name: '', price, problem: 'not-a-decimal' }])),
    )
    const sound = changed.filter(({ text }) => decimal.test(text))
    const lines = sound.map(({ price, text }) => ({
      line: ownLine(price, new Decimal(text.replace(',', '.')), price.cap === null ? null : new Decimal(price.cap)),
      source: { row: null, name: '', price },
    }))
    if (lines.length > 0) books.push(askedOf(priceBookId, lines))
  }
  return faults.length > 0 ? { faults } : { books }
}

function askedOf(priceBookId: string, changes: readonly { readonly line: PriceLine; readonly source: Source }[]): AskedLines {
  return { priceBookId, lines: changes.map(({ line }) => line), sources: changes.map(({ source }) => source) }
}

function ownLine({ productId, feeKind, meter, match, unit }: MarginRow, unitPrice: Decimal, cap: Decimal | null): PriceLine {
  const dimensions = match === '' ? [] : match.split(' ').map((part): [string, string | string[]] => dimensionOf(part))
  return { productId, unit, fee: { feeKind, meter, match: Object.fromEntries(dimensions) }, pricing: { method: 'own', unitPrice, cap } }
}

function dimensionOf(part: string): [string, string | string[]] {
  const [name = '', value = ''] = part.split('=')
  return [name, value.includes('|') ? value.split('|') : value]
}
