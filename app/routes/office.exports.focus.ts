import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { focusCells, focusHead } from '#app/domain/focus/focus-row.ts'
import { hasMoreCharges } from '#app/reports/focus/documents.server.ts'
import { focusRows, type Reading } from '#app/reports/focus/rows.server.ts'
import { inParent, parentAccountOf } from '#app/services/purchases/in-parent.server.ts'
import { csvPages } from '#app/web/answers/file-responses.server.ts'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { filterOf, idOf, monthOf } from '#app/web/request/filters.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** A longer file is prepared by a job. */
const chargesAtOnce = 100_000

/** Usage and cost of a month as a FOCUS file: what the seller sells, or what it buys as its parent shows it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { tenant } = await staffOf(request, 'ledger:read')
  const search = filterOf(request)
  const month = orNotFound(monthOf(search.get('month')))
  const isBought = search.get('side') === 'buy'
  const scope = { monthStart: `${month}-01`, accountId: isBought ? null : (idOf(search.get('account')) ?? null) }
  const parent = isBought ? orNotFound(await parentAccountOf(tenant.tenantId)) : null
  const read: Reading = parent ? (work) => inParent(parent, work) : (work) => asStaff(request, 'ledger:read', work)

  if (await read((ctx) => hasMoreCharges(ctx, scope, chargesAtOnce))) throw redirect(`/office/exports?large=yes&month=${month}`)
  const name = `focus-${tenant.slug}-${isBought ? 'bought-' : ''}${month}.csv`
  return csvPages(name, focusHead('1.2'), cellsOf(read, scope))
}

async function* cellsOf(read: Reading, scope: Parameters<typeof focusRows>[1]) {
  for await (const rows of focusRows(read, scope)) yield rows.map((row) => focusCells(row, '1.2'))
}
