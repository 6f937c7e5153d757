import type { LoaderFunctionArgs } from '@remix-run/node'
import { toDecimal } from '#app/domain/money/money.ts'
import { trialBalance } from '#app/reports/ledger/query.server.ts'
import { sellerMonth } from '#app/reports/seller-month.server.ts'
import { asStaff } from '#app/web/as-staff.server.ts'
import { dayOf, filterOf } from '#app/web/filters.ts'
import { sheetDownload } from '#app/web/sheets.server.ts'

const head = ['date', 'account', 'kind', 'currency', 'debit', 'credit', 'balance']

/** The trial balance of a day as a table, amounts in major units. */
export async function loader({ request }: LoaderFunctionArgs) {
  const filter = filterOf(request)
  const asked = dayOf(filter.get('date'))
  const { asOf, lines } = await asStaff(request, 'ledger:read', async (ctx) => {
    const day = asked ?? (await sellerMonth(ctx)).today
    return { asOf: day, lines: await trialBalance(ctx, day) }
  })
  const rows = lines.map(({ code, kind, debit, credit, balance }) => [
    asOf,
    code,
    kind,
    debit.currency,
    ...[debit, credit, balance].map((amount) => toDecimal(amount).toFixed()),
  ])
  return sheetDownload([head, ...rows], `trial-balance-${asOf}`, filter.get('format'))
}
