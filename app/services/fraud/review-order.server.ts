import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { closeQuestions, lockOpenReview } from '#app/db/orders/order-questions.server.ts'
import { decideScreening } from '#app/db/orders/order-screenings.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { standingOfSignUp } from '#app/db/people/risk-screenings.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type ReviewOrderInput = { readonly orderId: string; readonly decision: 'pass' | 'refuse'; readonly note: string }
export type ReviewOrderError = 'review-not-open' | 'sign-up-waits'

/**
 * A person decides an order that was held for review; the order goes on, or ends, by a job. The first decision stands. An order of an
 * account that itself waits goes on only when that is cleared.
 */
export async function reviewOrder(ctx: TenantContext, input: ReviewOrderInput): Promise<Result<null, ReviewOrderError>> {
  const { orderId, decision, note } = input
  const accountId = decision === 'pass' ? await lockOpenReview(ctx, orderId) : null
  if (accountId && (await standingOfSignUp(ctx, accountId)) === 'review') return err('sign-up-waits')
  if (!(await decideScreening(ctx, input))) return err('review-not-open')
  await closeQuestions(ctx, orderId)
  await enqueue(ctx, { name: 'order/reviewed', data: { tenantId: ctx.tenantId, orderId, verdict: decision } })
  await audit(ctx, { action: 'order.reviewed', subjectKind: 'order', subjectId: orderId, detail: { decision, note } })
  return ok(null)
}
