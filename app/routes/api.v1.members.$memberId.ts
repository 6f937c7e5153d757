import type { LoaderFunctionArgs } from '@remix-run/node'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { memberView } from '#app/reports/api/payment-views.ts'
import { readMembers } from '#app/reports/members/query.server.ts'
import { answerPrepared, refused } from '#app/web/api/answer.server.ts'

export function loader({ request, params }: LoaderFunctionArgs) {
  return answerPrepared(request, 'member', {
    scope: 'seller',
    before: async ({ client }) => client.accountIds,
    work: async (ctx, _call, accountIds) => {
      const id = fromPublicId('member', params.memberId ?? '')
      const member = (await readMembers(ctx, accountIds)).find(({ membershipId }) => membershipId === id)
      return member ? memberView(member) : refused('not-found')
    },
  })
}

export const action = loader
