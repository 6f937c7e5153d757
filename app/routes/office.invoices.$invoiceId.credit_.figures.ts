import type { ActionFunctionArgs } from '@remix-run/node'
import { liveAnswer } from '#app/web/answers/live-answer.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { credit, readCreditForm } from './office.invoices.$invoiceId.credit/credit.server.ts'

/** What a credit note would come to, asked while it is filled in. Nothing is written. */
export async function action({ request, params }: ActionFunctionArgs) {
  const form = await readCreditForm(request, params.invoiceId)
  if (!form.ok) return liveAnswer(form.refusal)
  return liveAnswer(await asStaff(request, 'invoice:write', (ctx) => credit(ctx, { ...form.wish, intent: 'preview' })))
}
