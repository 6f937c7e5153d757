import type { LoaderFunctionArgs } from '@remix-run/node'
import { readPayoutStatement } from '#app/services/payouts/read-statement.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { payoutStatementFile } from '#app/web/statements/payout-statement.server.ts'

/** The statement of a payout as PDF. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const payoutId = orNotFound(isUuid(params.payoutId) ? params.payoutId : null)
  return payoutStatementFile(orNotFound(await asStaff(request, 'ledger:read', (ctx) => readPayoutStatement(ctx, payoutId))))
}
