import type { LoaderFunctionArgs } from '@remix-run/node'
import { readRevenue } from '#app/reports/revenue/query.server.ts'
import { sellerMonth } from '#app/reports/seller-month.server.ts'
import { amountCells, amountHead } from '#app/web/amount-cells.ts'
import { asStaff } from '#app/web/as-staff.server.ts'
import { filterOf } from '#app/web/filters.ts'
import { sheetDownload } from '#app/web/sheets.server.ts'
import { revenueFilterOf } from './office.reports.revenue._index/revenue-filter.ts'

/** What was invoiced in a period, as the page shows it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const { filter, rows } = await asStaff(request, 'ledger:read', async (ctx) => {
    const asked = revenueFilterOf(search, (await sellerMonth(ctx)).today)
    return { filter: asked, rows: (await readRevenue(ctx, asked, null)).rows }
  })
  const { from, to, by } = filter
  const head = ['from', 'to', by, 'buyer', 'documents', 'currency', ...amountHead('net')]
  const cells = rows.map(({ key, product, subject, name, number, documents, net }) => [
    from,
    to,
    (product ? (product.en ?? Object.values(product)[0]) : (subject ?? number ?? (by === 'account' ? name : key))) ?? '',
    name ?? '',
    String(documents),
    net.currency,
    ...amountCells(net),
  ])
  return sheetDownload([head, ...cells], `revenue-${from}-${to}`, search.get('format'))
}
