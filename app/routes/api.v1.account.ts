import type { LoaderFunctionArgs } from '@remix-run/node'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { readApiAccount } from '#app/reports/api/account.server.ts'
import { answerApi, refused } from '#app/web/api/answer.server.ts'

export function loader({ request }: LoaderFunctionArgs) {
  return answerApi(request, 'account', async (ctx, { client }) => {
    const account = await readApiAccount(ctx, client.accountId)
    if (!account) return refused('not-found')
    return {
      ...account,
      id: toPublicId('account', account.id),
      departments: account.departments.map(({ id, name }) => ({ id: toPublicId('account', id), name })),
      key: { name: client.keyName, permissions: [...client.rights.permissions] },
    }
  })
}

export const action = loader
