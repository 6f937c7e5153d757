import type { LoaderFunctionArgs } from '@remix-run/node'
import { readAging } from '#app/reports/aging/query.server.ts'
import { agingBuckets } from '#app/reports/aging/shape.ts'
import { sellerMonth } from '#app/reports/seller-month.server.ts'
import { amountCells, amountHead } from '#app/web/amount-cells.ts'
import { asStaff } from '#app/web/as-staff.server.ts'
import { dayOf, filterOf } from '#app/web/filters.ts'
import { sheetDownload } from '#app/web/sheets.server.ts'

const figures = [...agingBuckets, 'total'] as const
const columns = ['not_due', 'days_1_30', 'days_31_60', 'days_61_90', 'older', 'credit', 'total']

/** What every buyer owed on a day, by how long it was due. */
export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const { asOf, rows } = await asStaff(request, 'ledger:read', async (ctx) => {
    const day = dayOf(search.get('date')) ?? (await sellerMonth(ctx)).today
    return readAging(ctx, { asOf: day, currency: null, accountId: null }, null)
  })
  const head = ['date', 'buyer', 'currency', ...columns.flatMap(amountHead)]
  const cells = rows.map((row) => [asOf, row.name, row.total.currency, ...figures.flatMap((figure) => amountCells(row[figure]))])
  return sheetDownload([head, ...cells], `aging-${asOf}`, search.get('format'))
}
