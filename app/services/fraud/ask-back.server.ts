import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { insertQuestion, lockOpenReview } from '#app/db/orders/order-questions.server.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { tellAccountForSure } from '../budgets/tell-account.server.ts'

export type AskBackInput = { readonly orderId: string; readonly question: string }

/**
 * Asks the buyer of an order that waits for a decision: by mail, and on the order's page. The order goes on waiting and its holds stay; one
 * question is open at a time, and a decision ends it. Runs in the office's scope.
 */
export async function askBack(
  ctx: TenantContext,
  { orderId, question }: AskBackInput,
): Promise<Result<null, 'review-not-open' | 'asked-already'>> {
  const accountId = await lockOpenReview(ctx, orderId)
  if (!accountId) return err('review-not-open')
  const questionId = await insertQuestion(ctx, { orderId, accountId, question })
  if (!questionId) return err('asked-already')
  const facts = { orderId, order: toPublicId('order', orderId), question }
  await tellAccountForSure(ctx, { accountId, topic: 'account', code: 'order-question', facts, key: `order-question:${questionId}` })
  await audit(ctx, { action: 'order.asked-back', subjectKind: 'order', subjectId: orderId, detail: { question } })
  return ok(null)
}
