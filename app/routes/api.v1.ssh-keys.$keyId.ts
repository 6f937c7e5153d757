import type { ActionFunctionArgs } from '@remix-run/node'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { sshKeyView } from '#app/reports/api/ssh-key-view.ts'
import { listSshKeys } from '#app/reports/members/ssh-keys.server.ts'
import { removeSshKey } from '#app/services/access/ssh-keys.server.ts'
import { answerApi, refused } from '#app/web/api/answer.server.ts'

export function action({ request, params }: ActionFunctionArgs) {
  return answerApi(request, 'sshKeyRemove', async (ctx, { client }) => {
    const { accountId, userId } = client
    const id = fromPublicId('ssh-key', params.keyId ?? '')
    const key = (await listSshKeys(ctx, client)).find((each) => each.id === id)
    const removed = key && (await removeSshKey(ctx, { id: key.id, accountId, userId }))
    return key && removed?.ok ? sshKeyView(key) : refused('not-found')
  })
}

export const loader = action
