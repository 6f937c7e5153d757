import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sealField } from '../sealing/sealed-fields.server.ts'

/** The account of an order that waits for a person, and holds the row until the transaction ends; null when it waits no more. */
export async function lockOpenReview(ctx: TenantContext, orderId: string): Promise<string | null> {
  const [row] = await ctx.db.$queryRaw<{ accountId: string }[]>`
    select s.account_id::text as "accountId" from order_screenings s
    join orders o on o.tenant_id = s.tenant_id and o.id = s.order_id and o.state in ('placed', 'provisioning')
    where s.tenant_id = ${ctx.tenantId}::uuid and s.order_id = ${orderId}::uuid and s.verdict = 'review' and s.decision is null
    for update of s`
  return row?.accountId ?? null
}

export type NewQuestion = { readonly orderId: string; readonly accountId: string; readonly question: string }

/** Keeps a question about an order. Returns its id; null when another one is not answered yet. */
export async function insertQuestion(ctx: TenantContext, question: NewQuestion): Promise<string | null> {
  const id = newId()
  const asked = { askedBy: actorName(ctx.actor), askedAt: ctx.now }
  const made = await ctx.db.orderQuestion.createMany({
    data: [{ tenantId: ctx.tenantId, id, ...question, ...asked }],
    skipDuplicates: true,
  })
  return made.count === 1 ? id : null
}

export type NewAnswer = { readonly orderId: string; readonly questionId: string; readonly answer: string }

/** Keeps the answer to a question that is open; false when it is not, or not there for this scope. */
export async function saveAnswer(ctx: TenantContext, { orderId, questionId: id, answer }: NewAnswer): Promise<boolean> {
  const saved = await ctx.db.orderQuestion.updateMany({
    where: { tenantId: ctx.tenantId, id, orderId, answeredAt: null, closedAt: null, order: { state: { in: ['placed', 'provisioning'] } } },
    data: { answer: sealField(ctx, 'order_questions.answer', id, answer), answeredBy: actorName(ctx.actor), answeredAt: ctx.now },
  })
  return saved.count === 1
}

/** Ends what is open of an order: it was decided without the answer. */
export async function closeQuestions(ctx: TenantContext, orderId: string): Promise<void> {
  await ctx.db.orderQuestion.updateMany({
    where: { tenantId: ctx.tenantId, orderId, answeredAt: null, closedAt: null },
    data: { closedAt: ctx.now },
  })
}
