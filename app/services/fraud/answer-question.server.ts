import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type NewAnswer, saveAnswer } from '#app/db/orders/order-questions.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** A buyer answers what was asked about an order that waits; staff see it in their queue. The first answer stands. Runs in the panel's scope. */
export async function answerQuestion(ctx: TenantContext, input: NewAnswer): Promise<Result<null, 'question-not-open'>> {
  if (!(await saveAnswer(ctx, input))) return err('question-not-open')
  const { orderId, questionId } = input
  await audit(ctx, { action: 'order.answered', subjectKind: 'order', subjectId: orderId, detail: { questionId } })
  return ok(null)
}
