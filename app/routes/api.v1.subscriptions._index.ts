import type { LoaderFunctionArgs } from '@remix-run/node'
import { subscriptionView } from '#app/reports/api/subscription-views.ts'
import { listApiSubscriptions } from '#app/reports/api/subscriptions.server.ts'
import { page } from '#app/reports/api/views.ts'
import { answerApi } from '#app/web/api/answer.server.ts'

export function loader({ request }: LoaderFunctionArgs) {
  return answerApi(request, 'subscriptions', async (ctx, { query, language }) => {
    const { rows, nextCursor } = await listApiSubscriptions(ctx, { ...query, language })
    return page(rows.map(subscriptionView), nextCursor)
  })
}

export const action = loader
