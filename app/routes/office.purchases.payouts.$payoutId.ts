import type { LoaderFunctionArgs } from '@remix-run/node'
import { readPayoutStatement } from '#app/services/payouts/read-statement.server.ts'
import { inParent, parentAccountOf } from '#app/services/purchases/in-parent.server.ts'
import { staffOf } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { payoutStatementFile } from '#app/web/statements/payout-statement.server.ts'

/** The statement of a payout that this reseller got, as PDF. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const payoutId = orNotFound(isUuid(params.payoutId) ? params.payoutId : null)
  const { tenant } = await staffOf(request, 'purchase:read')
  const parent = orNotFound(await parentAccountOf(tenant.tenantId))
  return payoutStatementFile(orNotFound(await inParent(parent, (ctx) => readPayoutStatement(ctx, payoutId, parent.accountId))))
}
