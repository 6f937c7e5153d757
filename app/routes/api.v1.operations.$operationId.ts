import type { LoaderFunctionArgs } from '@remix-run/node'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { may } from '#app/domain/tenancy/permissions.ts'
import { readOperation } from '#app/reports/api/operations.server.ts'
import { operationView } from '#app/reports/api/views.ts'
import { answerApi, refused } from '#app/web/api/answer.server.ts'

export function loader({ request, params }: LoaderFunctionArgs) {
  return answerApi(request, 'operation', async (ctx, { client }) => {
    const id = fromPublicId('operation', params.operationId ?? '')
    const operation = id ? await readOperation(ctx, id) : null
    if (!operation) return refused('not-found')
    const needed = operation.subscriptionId ? 'subscription:read' : 'server:read'
    return may(client.rights, needed) ? operationView(operation) : refused('permission-missing')
  })
}

export const action = loader
