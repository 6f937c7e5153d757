import type { ActionFunctionArgs } from '@remix-run/node'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { orderDetailView } from '#app/reports/api/order-views.ts'
import { readOrderProgress } from '#app/reports/order-progress/query.server.ts'
import { answerQuestion } from '#app/services/fraud/answer-question.server.ts'
import { answerApi, refused } from '#app/web/api/answer.server.ts'
import { payUrlOf } from '#app/web/api/pay-order.server.ts'

export function action({ request, params }: ActionFunctionArgs) {
  return answerApi(request, 'orderAnswer', async (ctx, { language, body }) => {
    const [id, questionId] = [fromPublicId('order', params.orderId ?? ''), fromPublicId('order-question', body.question_id)]
    if (!id || !(await readOrderProgress(ctx, id, language))) return refused('not-found')
    const kept = questionId ? await answerQuestion(ctx, { orderId: id, questionId, answer: body.answer }) : null
    if (!kept?.ok) return refused('invalid-request', [{ pointer: '/question_id', code: 'question-not-open' }])
    const order = await readOrderProgress(ctx, id, language)
    return order ? orderDetailView(order, await payUrlOf(request, id)) : refused('not-found')
  })
}

export const loader = action
