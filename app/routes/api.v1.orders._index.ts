import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { orderDetailView } from '#app/reports/api/order-views.ts'
import { orderView, page } from '#app/reports/api/views.ts'
import { readOrderProgress } from '#app/reports/order-progress/query.server.ts'
import { listOwnOrders } from '#app/reports/orders/own-orders.server.ts'
import { readOrderToPay } from '#app/reports/paying/order-to-pay.server.ts'
import { answerApi, answerPrepared, refused } from '#app/web/api/answer.server.ts'
import { payByApi, payUrlOf } from '#app/web/api/pay-order.server.ts'
import { placeByApi } from '#app/web/api/place-order.server.ts'

export function loader({ request }: LoaderFunctionArgs) {
  return answerApi(request, 'orders', async (ctx, { query, language }) => {
    const { rows, nextCursor } = await listOwnOrders(ctx, { limit: query.limit, cursor: query.cursor ?? null, language })
    return page(rows.map(orderView), nextCursor)
  })
}

export function action({ request }: ActionFunctionArgs) {
  return answerPrepared(request, 'orderPlace', {
    scope: 'buyer',
    before: async (call) => {
      const placed = await placeByApi(request, call)
      if ('ok' in placed || placed.methodId === null) return placed
      const order = await call.inScope((ctx) => readOrderToPay(ctx, placed.orderId))
      if (order) await payByApi(request, call, { ...order, methodId: placed.methodId })
      return placed
    },
    work: async (ctx, { language }, { orderId }) => {
      const order = await readOrderProgress(ctx, orderId, language)
      return order ? orderDetailView(order, await payUrlOf(request, orderId)) : refused('not-found')
    },
  })
}
