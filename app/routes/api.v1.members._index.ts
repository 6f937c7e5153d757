import type { LoaderFunctionArgs } from '@remix-run/node'
import { memberView } from '#app/reports/api/payment-views.ts'
import { readMembers } from '#app/reports/members/query.server.ts'
import { answerPrepared } from '#app/web/api/answer.server.ts'

export function loader({ request }: LoaderFunctionArgs) {
  return answerPrepared(request, 'members', {
    scope: 'seller',
    before: async ({ client }) => client.accountIds,
    work: async (ctx, _call, accountIds) => ({ data: (await readMembers(ctx, accountIds)).map(memberView) }),
  })
}

export const action = loader
