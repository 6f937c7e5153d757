import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { sshKeyView } from '#app/reports/api/ssh-key-view.ts'
import { listSshKeys } from '#app/reports/members/ssh-keys.server.ts'
import { addSshKey } from '#app/services/access/ssh-keys.server.ts'
import { answerApi, refused } from '#app/web/api/answer.server.ts'

export function loader({ request }: LoaderFunctionArgs) {
  return answerApi(request, 'sshKeys', async (ctx, { client }) => ({ data: (await listSshKeys(ctx, client)).map(sshKeyView) }))
}

export function action({ request }: ActionFunctionArgs) {
  return answerApi(request, 'sshKeyAdd', async (ctx, { client, body }) => {
    const { accountId, userId } = client
    const added = await addSshKey(ctx, { accountId, userId, name: body.name, text: body.public_key })
    if (!added.ok) return refused(added.error === 'too-many-ssh-keys' || added.error === 'ssh-key-known' ? added.error : 'invalid-request')
    const key = (await listSshKeys(ctx, client)).find(({ id }) => id === added.value.id)
    return key ? sshKeyView(key) : refused('not-found')
  })
}
