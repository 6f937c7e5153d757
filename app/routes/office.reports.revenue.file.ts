import type { LoaderFunctionArgs } from '@remix-run/node'
import { readRevenue } from '#app/reports/revenue/query.server.ts'
import { revenueTable } from '#app/reports/revenue/table.ts'
import { sellerMonth } from '#app/reports/seller-month.server.ts'
import { sheetDownload } from '#app/web/answers/sheets.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { revenueFilterOf } from './office.reports.revenue._index/revenue-filter.ts'

/** What was invoiced in a period, as the page shows it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const { filter, rows } = await asStaff(request, 'ledger:read', async (ctx) => {
    const asked = revenueFilterOf(search, (await sellerMonth(ctx)).today)
    return { filter: asked, rows: (await readRevenue(ctx, asked, null)).rows }
  })
  return sheetDownload(revenueTable(filter, rows), `revenue-${filter.from}-${filter.to}`, search.get('format'))
}
