import type { LoaderFunctionArgs } from '@remix-run/node'
import { paperOf } from '#app/reports/tax/account.server.ts'
import { paperResponse } from '#app/web/desks/tax-papers.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** The paper of a certificate as a download: never shown within a page of ours. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const exemptionId = orNotFound(isUuid(params.exemptionId) ? params.exemptionId : null)
  const paper = orNotFound(await asStaff(request, 'account:read', (ctx) => paperOf(ctx, exemptionId)))
  return paperResponse(paper)
}
