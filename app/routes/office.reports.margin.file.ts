import type { LoaderFunctionArgs } from '@remix-run/node'
import { amountCells, amountHead } from '#app/web/amount-cells.ts'
import { filterOf } from '#app/web/filters.ts'
import type { CsvCell } from '#app/web/sheets.server.ts'
import { sheetDownload } from '#app/web/sheets.server.ts'
import { readMarginPage } from './office.reports.margin._index/read-margin.server.ts'

/** Margin of a month as a table: a row for each side and currency of a thing, and one for what is left; with the rate it was converted at. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { month, by, report } = await readMarginPage(request)
  const head = ['month', by, 'side', 'currency', ...amountHead('amount'), 'percent', 'rates']
  const rates = report.rates.map(({ base, quote, rate, source, date }) => `1 ${base} = ${rate} ${quote} (${source}, ${date})`).join('; ')
  const rows = report.rows.flatMap(({ product, subject, name, key, sold, bought, margin, percent }): CsvCell[][] => {
    const about = [month, (product ? (product.en ?? Object.values(product)[0]) : (name ?? subject)) ?? key]
    return [
      ...sold.map((amount) => [...about, 'sold', amount.currency, ...amountCells(amount), '', '']),
      ...bought.map((amount) => [...about, 'bought', amount.currency, ...amountCells(amount), '', '']),
      ...(margin ? [[...about, 'margin', margin.currency, ...amountCells(margin), percent ?? '', rates]] : []),
    ]
  })
  return sheetDownload([head, ...rows], `margin-${month}`, filterOf(request).get('format'))
}
