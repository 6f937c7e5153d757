import type { LoaderFunctionArgs } from '@remix-run/node'
import { openStatement } from '#app/services/statements/open-statement.server.ts'
import { readStatement } from '#app/services/statements/read-statement.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { statementFile } from '#app/web/statements/statement-file.server.ts'
import { askedStatement } from '#app/web/statements/statement-request.server.ts'

/** The statement of an account as PDF or CSV. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const { read, parties } = await asStaff(request, 'invoice:read', async (ctx) => {
    const desk = orNotFound(await openStatement(ctx, accountId))
    const { timeZone, currency: fallback } = desk.parties.seller
    const { span } = askedStatement(request, { now: ctx.now, currencies: desk.currencies, fallback, timeZone })
    return { read: await readStatement(ctx, { accountId, ledgerAccountIds: desk.ledgerAccountIds, span }), parties: desk.parties }
  })
  return statementFile(request, read, parties)
}
