import type { LoaderFunctionArgs } from '@remix-run/node'
import { orderView, page } from '#app/reports/api/views.ts'
import { listOwnOrders } from '#app/reports/orders/own-orders.server.ts'
import { answerApi } from '#app/web/api/answer.server.ts'

export function loader({ request }: LoaderFunctionArgs) {
  return answerApi(request, 'orders', async (ctx, { query, language }) => {
    const { rows, nextCursor } = await listOwnOrders(ctx, { limit: query.limit, cursor: query.cursor ?? null, language })
    return page(rows.map(orderView), nextCursor)
  })
}

export const action = loader
