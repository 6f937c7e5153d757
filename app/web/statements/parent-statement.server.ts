import { parentAccountOf, partiesOfEdge } from '#app/services/purchases/in-parent.server.ts'
import { parentStatementCurrencies, readParentStatement } from '#app/services/purchases/read-parent-statement.server.ts'
import { asStaff, staffOf } from '../request/as-staff.server.ts'
import { orNotFound } from '../request/refuse.server.ts'
import { askedStatement } from './statement-request.server.ts'

/** The statement with the parent out of the tenant's own books, as `request` asks for it. @throws 404 for a tenant without a parent. */
export async function parentStatement(request: Request) {
  const { tenant } = await staffOf(request, 'purchase:read')
  const parent = orNotFound(await parentAccountOf(tenant.tenantId))
  const parties = orNotFound(await partiesOfEdge(parent))
  return asStaff(request, 'purchase:read', async (ctx, { can }) => {
    const currencies = await parentStatementCurrencies(ctx)
    const { timeZone, currency: fallback } = parties.seller
    const asked = askedStatement(request, { now: ctx.now, currencies, fallback, timeZone })
    return { asked, read: await readParentStatement(ctx, asked.span), parties, mayReadBooks: can('ledger:read') }
  })
}
