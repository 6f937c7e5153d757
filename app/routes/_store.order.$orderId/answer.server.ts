import { z } from 'zod'
import { answerQuestion } from '#app/services/fraud/answer-question.server.ts'
import { uuid, words } from '#app/web/request/form-fields.ts'
import { type ParsedForm, parseForm } from '#app/web/request/parse-form.server.ts'
import { asOrderReader, orderReaderOf } from '#app/web/store/order-reader.server.ts'

const AnswerForm = z.object({ questionId: uuid, answer: words(2_000) })

/** Keeps what the buyer answers. `isKept` is false when the question was answered or closed meanwhile. */
export async function answerHere(
  request: Request,
  id: string | undefined,
): Promise<(ParsedForm<z.output<typeof AnswerForm>> & { ok: false }) | { ok: true; orderId: string; isKept: boolean }> {
  const form = await parseForm(request.clone(), AnswerForm)
  if (!form.ok) return form
  const reader = await orderReaderOf(request, id, 'order:write')
  const { orderId } = reader
  const kept = await asOrderReader(reader, (ctx) => answerQuestion(ctx, { ...form.value, orderId }))
  return { ok: true, orderId, isKept: kept.ok }
}
