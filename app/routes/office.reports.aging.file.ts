import type { LoaderFunctionArgs } from '@remix-run/node'
import { readAging } from '#app/reports/aging/query.server.ts'
import { agingTable } from '#app/reports/aging/table.ts'
import { sellerMonth } from '#app/reports/seller-month.server.ts'
import { sheetDownload } from '#app/web/answers/sheets.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { dayOf, filterOf } from '#app/web/request/filters.ts'

/** What every buyer owed on a day, by how long it was due. */
export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const aging = await asStaff(request, 'ledger:read', async (ctx) => {
    const day = dayOf(search.get('date')) ?? (await sellerMonth(ctx)).today
    return readAging(ctx, { asOf: day, currency: null, accountId: null }, null)
  })
  return sheetDownload(agingTable(aging), `aging-${aging.asOf}`, search.get('format'))
}
