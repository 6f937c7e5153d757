import type { LoaderFunctionArgs } from '@remix-run/node'
import { focusCells, focusHead } from '#app/domain/focus/focus-row.ts'
import { focusRows, type Reading } from '#app/reports/focus/rows.server.ts'
import { csvPages } from '#app/web/answers/file-responses.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf, monthOf } from '#app/web/request/filters.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** What the reader's invoices of a month were made of, as a FOCUS file. */
export async function loader({ request }: LoaderFunctionArgs) {
  const month = orNotFound(monthOf(filterOf(request).get('month')))
  const read: Reading = (work) => asCustomer(request, 'invoice:read', work)
  // Whoever may not read invoices is turned away before the file begins.
  await read(async () => undefined)
  return csvPages(`focus-${month}.csv`, focusHead('1.2'), cellsOf(read, month))
}

async function* cellsOf(read: Reading, month: string) {
  for await (const rows of focusRows(read, { monthStart: `${month}-01`, accountId: null })) yield rows.map((row) => focusCells(row, '1.2'))
}
