import type { ActionFunctionArgs } from '@remix-run/node'
import { subscriptionDetailView } from '#app/reports/api/subscription-views.ts'
import { findOwnSubscription } from '#app/reports/api/subscriptions.server.ts'
import { readSubscriptionDetail } from '#app/reports/subscriptions/detail.server.ts'
import { setRenewal } from '#app/services/subscriptions/set-renewal.server.ts'
import { answerPrepared, refused } from '#app/web/api/answer.server.ts'

export function action({ request, params }: ActionFunctionArgs) {
  return answerPrepared(request, 'subscriptionRenewal', {
    scope: 'seller',
    before: async ({ inScope }) => (await inScope((ctx) => findOwnSubscription(ctx, params.subscriptionId))) ?? refused('not-found'),
    work: async (ctx, { body, language }, subscriptionId) => {
      const set = await setRenewal(ctx, { subscriptionId, ...body })
      if (!set.ok) return refused(set.error === 'subscription-not-found' ? 'not-found' : set.error)
      const found = await readSubscriptionDetail(ctx, { subscriptionId, language, chosenBy: 'buyer' })
      return found ? subscriptionDetailView(found) : refused('not-found')
    },
  })
}

export const loader = action
