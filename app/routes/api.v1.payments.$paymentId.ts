import type { LoaderFunctionArgs } from '@remix-run/node'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { paymentDetailView } from '#app/reports/api/payment-views.ts'
import { readPayment } from '#app/reports/payments/query.server.ts'
import { answerApi, refused } from '#app/web/api/answer.server.ts'

export function loader({ request, params }: LoaderFunctionArgs) {
  return answerApi(request, 'payment', async (ctx) => {
    const id = fromPublicId('payment', params.paymentId ?? '')
    const payment = id ? await readPayment(ctx, id) : undefined
    return payment ? paymentDetailView(payment) : refused('not-found')
  })
}

export const action = loader
