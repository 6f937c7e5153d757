import type { TenantContext } from '#app/db/context.server.ts'
import { openField } from '#app/db/sealing/sealed-fields.server.ts'
import type { OrderQuestion } from '../order-progress/shape.ts'

/** What buyers were asked about these orders, the oldest first; orders without questions are left out. Nothing is open once its order is over. */
export async function questionsOf(ctx: TenantContext, orderIds: readonly string[]): Promise<ReadonlyMap<string, readonly OrderQuestion[]>> {
  const rows = await ctx.db.orderQuestion.findMany({
    where: { tenantId: ctx.tenantId, orderId: { in: [...orderIds] } },
    select: {
      id: true,
      orderId: true,
      question: true,
      askedAt: true,
      answer: true,
      answeredAt: true,
      closedAt: true,
      order: { select: { state: true } },
    },
    orderBy: [{ askedAt: 'asc' }, { id: 'asc' }],
    take: 5_000,
  })
  const questions = new Map<string, OrderQuestion[]>()
  for (const { orderId, closedAt, order, ...row } of rows) {
    const isOver = order.state !== 'placed' && order.state !== 'provisioning'
    const answer = row.answer && openField(ctx, 'order_questions.answer', row.id, row.answer)
    const question = { ...row, answer, isOpen: !isOver && row.answeredAt === null && closedAt === null }
    questions.set(orderId, [...(questions.get(orderId) ?? []), question])
  }
  return questions
}
