import type { LoaderFunctionArgs } from '@remix-run/node'
import { paymentView } from '#app/reports/api/payment-views.ts'
import { page } from '#app/reports/api/views.ts'
import { listPayments } from '#app/reports/payments/query.server.ts'
import { answerApi } from '#app/web/api/answer.server.ts'

export function loader({ request }: LoaderFunctionArgs) {
  return answerApi(request, 'payments', async (ctx, { query }) => {
    const { rows, nextCursor } = await listPayments(ctx, { limit: query.limit, cursor: query.cursor ?? null })
    return page(rows.map(paymentView), nextCursor)
  })
}

export const action = loader
