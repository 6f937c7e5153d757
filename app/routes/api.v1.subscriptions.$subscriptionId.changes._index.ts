import type { ActionFunctionArgs } from '@remix-run/node'
import { showChangeOperation } from '#app/reports/api/show-operation.server.ts'
import { findOwnSubscription } from '#app/reports/api/subscriptions.server.ts'
import { requestChange } from '#app/services/subscriptions/request-change.server.ts'
import { answerPrepared, refused } from '#app/web/api/answer.server.ts'
import { wishedChange } from '#app/web/api/change-wish.ts'

export function action({ request, params }: ActionFunctionArgs) {
  return answerPrepared(request, 'subscriptionChange', {
    scope: 'seller',
    before: async ({ inScope }) => (await inScope((ctx) => findOwnSubscription(ctx, params.subscriptionId))) ?? refused('not-found'),
    work: async (ctx, { body }, subscriptionId) => {
      const wish = wishedChange(subscriptionId, body)
      if ('wrong' in wish) return refused('invalid-request', wish.wrong)
      const asked = await requestChange(ctx, wish.input)
      if (!asked.ok) return refused(asked.error === 'subscription-not-found' ? 'not-found' : asked.error)
      return (await showChangeOperation(ctx, asked.value.changeId)) ?? refused('not-found')
    },
  })
}

export const loader = action
