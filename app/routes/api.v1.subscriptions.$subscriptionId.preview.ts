import type { ActionFunctionArgs } from '@remix-run/node'
import { previewView } from '#app/reports/api/subscription-views.ts'
import { findOwnSubscription } from '#app/reports/api/subscriptions.server.ts'
import { readSubscriptionDetail } from '#app/reports/subscriptions/detail.server.ts'
import { previewSubscriptionChange } from '#app/services/subscriptions/preview-change.server.ts'
import { answerPrepared, refused } from '#app/web/api/answer.server.ts'
import { wishedChange } from '#app/web/api/change-wish.ts'
import { shownPreview } from '#app/web/branding/shown-preview.ts'

export function action({ request, params }: ActionFunctionArgs) {
  return answerPrepared(request, 'subscriptionPreview', {
    scope: 'seller',
    before: async ({ inScope }) => (await inScope((ctx) => findOwnSubscription(ctx, params.subscriptionId))) ?? refused('not-found'),
    work: async (ctx, { body, language }, subscriptionId) => {
      const wish = wishedChange(subscriptionId, body)
      if ('wrong' in wish) return refused('invalid-request', wish.wrong)
      const found = await readSubscriptionDetail(ctx, { subscriptionId, language, chosenBy: 'buyer' })
      const preview = await previewSubscriptionChange(ctx, wish.input)
      if (!preview.ok) return refused(preview.error === 'subscription-not-found' ? 'not-found' : preview.error)
      const { parts = [] } = found?.detail ?? {}
      const choices = [...(found?.choices.plans ?? []), ...(found?.choices.addOns ?? [])]
      return previewView(shownPreview(preview.value, { parts, choices }))
    },
  })
}

export const loader = action
