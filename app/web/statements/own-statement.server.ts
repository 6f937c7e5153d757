import { openStatement } from '#app/services/statements/open-statement.server.ts'
import { readStatement } from '#app/services/statements/read-statement.server.ts'
import { asCustomer, customerOf } from '../request/as-customer.server.ts'
import { asSeller } from '../request/as-seller.server.ts'
import { orNotFound } from '../request/refuse.server.ts'
import { askedStatement } from './statement-request.server.ts'

/** The statement of the account behind a request, as `request` asks for it. What it says is read with the rights of the panel. */
export async function ownStatement(request: Request) {
  const { accountId } = await customerOf(request, 'invoice:read')
  // Which accounts of the books are the buyer's is known to the seller alone.
  const desk = orNotFound(await asSeller(request, (ctx) => openStatement(ctx, accountId)))
  const { timeZone, currency: fallback } = desk.parties.seller
  return asCustomer(request, 'invoice:read', async (ctx) => {
    const asked = askedStatement(request, { now: ctx.now, currencies: desk.currencies, fallback, timeZone })
    const read = await readStatement(ctx, { accountId, ledgerAccountIds: desk.ledgerAccountIds, span: asked.span })
    return { asked, read, parties: desk.parties }
  })
}
