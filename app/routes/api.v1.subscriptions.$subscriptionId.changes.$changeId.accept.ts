import type { ActionFunctionArgs } from '@remix-run/node'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { showChangeOperation } from '#app/reports/api/show-operation.server.ts'
import { findOwnSubscription } from '#app/reports/api/subscriptions.server.ts'
import { acceptChange } from '#app/services/subscriptions/accept-change.server.ts'
import { answerPrepared, refused } from '#app/web/api/answer.server.ts'

export function action({ request, params }: ActionFunctionArgs) {
  const changeId = fromPublicId('operation', params.changeId ?? '')
  return answerPrepared(request, 'subscriptionAccept', {
    scope: 'seller',
    before: async ({ inScope }) => (await inScope((ctx) => findOwnSubscription(ctx, params.subscriptionId))) ?? refused('not-found'),
    work: async (ctx, _, subscriptionId) => {
      const accepted = changeId ? await acceptChange(ctx, { subscriptionId, changeId }) : refused('not-found')
      if (!accepted.ok) {
        const isUnknown = accepted.error === 'change-not-found' || accepted.error === 'subscription-not-found'
        return refused(isUnknown ? 'not-found' : accepted.error)
      }
      return (await showChangeOperation(ctx, changeId ?? '')) ?? refused('not-found')
    },
  })
}

export const loader = action
