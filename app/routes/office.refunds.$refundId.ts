import type { ActionFunctionArgs } from '@remix-run/node'
import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { approveRefund, withdrawRefund } from '#app/services/refunds/request-refund.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid, uuid } from '#app/web/request/form-fields.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

const DecideForm = z.object({ deed: z.enum(['approve', 'withdraw']), paymentId: uuid })

/** Lets a refund go that waits for a second person, or withdraws it; the answer is the payment's page. */
export async function action({ request, params }: ActionFunctionArgs) {
  const refundId = orNotFound(isUuid(params.refundId) ? params.refundId : null)
  const form = await parseForm(request, DecideForm)
  const { deed, paymentId } = orNotFound(form.ok ? form.value : null)
  const decide = deed === 'approve' ? approveRefund : withdrawRefund
  const result = await asStaff(request, 'payment:write', (ctx) => decide(ctx, { refundId }))
  const path = `/office/payments/${paymentId}`
  return result.ok ? redirectWithToast(request, path, 'saved') : redirect(`${path}?problem=${result.error}`)
}
