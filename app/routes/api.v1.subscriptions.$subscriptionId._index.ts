import type { LoaderFunctionArgs } from '@remix-run/node'
import { subscriptionDetailView } from '#app/reports/api/subscription-views.ts'
import { findOwnSubscription } from '#app/reports/api/subscriptions.server.ts'
import { readSubscriptionDetail } from '#app/reports/subscriptions/detail.server.ts'
import { answerPrepared, refused } from '#app/web/api/answer.server.ts'

export function loader({ request, params }: LoaderFunctionArgs) {
  return answerPrepared(request, 'subscription', {
    scope: 'seller',
    before: async ({ inScope }) => (await inScope((ctx) => findOwnSubscription(ctx, params.subscriptionId))) ?? refused('not-found'),
    work: async (ctx, { language }, subscriptionId) => {
      const found = await readSubscriptionDetail(ctx, { subscriptionId, language, chosenBy: 'buyer' })
      return found ? subscriptionDetailView(found) : refused('not-found')
    },
  })
}

export const action = loader
