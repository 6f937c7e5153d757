import type { LoaderFunctionArgs } from '@remix-run/node'
import { priceListColumns } from '#app/domain/pricing/markup/price-list.ts'
import { listSellBooks, readMarginRows } from '#app/reports/margins/query.server.ts'
import type { MarginRow } from '#app/reports/margins/shape.ts'
import { sheetDownload } from '#app/web/answers/sheets.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** The margin grid of a book as a table: what comes back with other sell prices sets them. */
export async function loader({ request }: LoaderFunctionArgs) {
  const filter = filterOf(request)
  const { book, rows } = await asStaff(request, 'catalog:read', async (ctx) => {
    const books = await listSellBooks(ctx)
    const chosen = orNotFound(books.find(({ id }) => id === filter.get('book')))
    return { book: chosen, rows: orNotFound(await readMarginRows(ctx, { priceBookId: chosen.id, at: ctx.now })).rows }
  })
  return sheetDownload([[...priceListColumns], ...rows.map(cellsOf)], `prices-${book.currency}`, filter.get('format'))
}

function cellsOf(row: MarginRow): string[] {
  const { productCode, feeKind, meter, match, unit, currency, buy, markup, sell, cap, margin } = row
  const percent = markup?.method === 'percent' ? markup.rate : null
  const since = buy ? buy.since.toISOString() : ''
  const bought = [buy?.price ?? '', buy?.currency ?? '', since]
  return [
    productCode ?? '',
    feeKind,
    meter ?? '',
    match,
    unit,
    currency,
    ...bought,
    percent ?? '',
    sell ?? '',
    cap ?? '',
    margin?.amount ?? '',
    margin?.percent ?? '',
  ]
}
