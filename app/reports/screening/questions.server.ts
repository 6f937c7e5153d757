import type { TenantContext } from '#app/db/context.server.ts'
import { openField } from '#app/db/sealing/sealed-fields.server.ts'
import type { AskedQuestion } from './shape.ts'

type Row = AskedQuestion & { readonly orderId: string }

/** What was asked about each order, the oldest first; orders without questions are left out. */
export async function readQuestions(ctx: TenantContext, orderIds: readonly string[]): Promise<Map<string, AskedQuestion[]>> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select q.order_id::text as "orderId", q.id::text as id, q.question, coalesce(s.name, q.asked_by) as "askedBy", q.asked_at as "askedAt",
      q.answer, coalesce(b.name, q.answered_by) as "answeredBy", q.answered_at as "answeredAt"
    from order_questions q
    left join users s on s.tenant_id = q.tenant_id and s.id::text = q.asked_by
    left join users b on b.tenant_id = q.tenant_id and b.id::text = q.answered_by
    where q.tenant_id = ${ctx.tenantId}::uuid and q.order_id = any (${[...orderIds]}::uuid[])
    order by q.asked_at, q.id limit 500`
  const questions = new Map<string, AskedQuestion[]>()
  for (const { orderId, ...row } of rows) {
    const question = { ...row, answer: row.answer && openField(ctx, 'order_questions.answer', row.id, row.answer) }
    questions.set(orderId, [...(questions.get(orderId) ?? []), question])
  }
  return questions
}
