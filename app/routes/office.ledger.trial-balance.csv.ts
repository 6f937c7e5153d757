import type { LoaderFunctionArgs } from '@remix-run/node'
import { trialBalance } from '#app/reports/ledger/query.server.ts'
import { sellerMonth } from '#app/reports/seller-month.server.ts'
import { plainAmount, sidesOf } from '#app/web/answers/plain-amounts.ts'
import { sheetDownload } from '#app/web/answers/sheets.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { dayOf, filterOf } from '#app/web/request/filters.ts'

const head = ['date', 'account', 'kind', 'currency', 'debit', 'credit', 'debit balance', 'credit balance']

/** The trial balance of a day as a table, amounts in major units and without signs, which a spreadsheet could take for formulas. */
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
    ...[debit, credit].map(plainAmount),
    ...sidesOf(balance),
  ])
  return sheetDownload([head, ...rows], `trial-balance-${asOf}`, filter.get('format'))
}
