import type { ActionFunctionArgs } from '@remix-run/node'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { showChangeOperation } from '#app/reports/api/show-operation.server.ts'
import { findOwnSubscription } from '#app/reports/api/subscriptions.server.ts'
import { undoChange } from '#app/services/subscriptions/undo-change.server.ts'
import { answerPrepared, refused } from '#app/web/api/answer.server.ts'

export function action({ request, params }: ActionFunctionArgs) {
  const changeId = fromPublicId('operation', params.changeId ?? '')
  return answerPrepared(request, 'subscriptionUndo', {
    scope: 'seller',
    before: async ({ inScope }) => (await inScope((ctx) => findOwnSubscription(ctx, params.subscriptionId))) ?? refused('not-found'),
    work: async (ctx, _, subscriptionId) => {
      const undone = changeId ? await undoChange(ctx, { subscriptionId, changeId }) : refused('not-found')
      if (!undone.ok) return refused(undone.error === 'change-not-found' ? 'not-found' : undone.error)
      return (await showChangeOperation(ctx, changeId ?? '')) ?? refused('not-found')
    },
  })
}

export const loader = action
