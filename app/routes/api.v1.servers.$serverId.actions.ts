import type { ActionFunctionArgs } from '@remix-run/node'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { readServerOperation } from '#app/reports/api/operations.server.ts'
import { readApiServer } from '#app/reports/api/servers.server.ts'
import { operationView } from '#app/reports/api/views.ts'
import { requestServerAction } from '#app/services/servers/request-server-action.server.ts'
import { answerApi, refused } from '#app/web/api/answer.server.ts'

const problemOf = {
  'server-not-found': 'not-found',
  'action-not-possible': 'action-not-possible',
  'action-pending': 'action-pending',
  'name-not-confirmed': 'action-not-possible',
  'server-suspended': 'server-suspended',
} as const

export function action({ request, params }: ActionFunctionArgs) {
  return answerApi(request, 'serverAction', async (ctx, { body, client }) => {
    const resourceId = fromPublicId('resource', params.serverId ?? '')
    const server = resourceId ? await readApiServer(ctx, resourceId) : null
    if (!server) return refused('not-found')
    const userName = `${client.userName} (${client.keyName})`
    const asked = await requestServerAction(ctx, { resourceId: server.id, action: body.action, userName })
    if (!asked.ok) return refused(problemOf[asked.error])
    const operation = await readServerOperation(ctx, server.id)
    return operation ? operationView(operation) : refused('not-found')
  })
}

export const loader = action
