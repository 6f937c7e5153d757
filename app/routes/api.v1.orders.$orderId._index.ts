import type { LoaderFunctionArgs } from '@remix-run/node'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { orderDetailView } from '#app/reports/api/order-views.ts'
import { readOrderProgress } from '#app/reports/order-progress/query.server.ts'
import { answerApi, refused } from '#app/web/api/answer.server.ts'
import { payUrlOf } from '#app/web/api/pay-order.server.ts'

export function loader({ request, params }: LoaderFunctionArgs) {
  return answerApi(request, 'order', async (ctx, { language }) => {
    const id = fromPublicId('order', params.orderId ?? '')
    const order = id ? await readOrderProgress(ctx, id, language) : null
    return order && order.leadId === null ? orderDetailView(order, await payUrlOf(request, order.id)) : refused('not-found')
  })
}

export const action = loader
