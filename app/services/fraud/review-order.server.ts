import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { decideScreening } from '#app/db/order-screenings.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type ReviewOrderInput = { readonly orderId: string; readonly decision: 'pass' | 'refuse'; readonly note: string }

/** A person decides an order that was held for review; the order goes on, or ends, by a job. The first decision stands. */
export async function reviewOrder(ctx: TenantContext, input: ReviewOrderInput): Promise<Result<null, 'review-not-open'>> {
  if (!(await decideScreening(ctx, input))) return err('review-not-open')
  const { orderId, decision, note } = input
  await enqueue(ctx, { name: 'order/reviewed', data: { tenantId: ctx.tenantId, orderId, verdict: decision } })
  await audit(ctx, { action: 'order.reviewed', subjectKind: 'order', subjectId: orderId, detail: { decision, note } })
  return ok(null)
}
