import type { LoaderFunctionArgs } from '@remix-run/node'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { readApiServer } from '#app/reports/api/servers.server.ts'
import { serverView } from '#app/reports/api/views.ts'
import { answerApi, refused } from '#app/web/api/answer.server.ts'

export function loader({ request, params }: LoaderFunctionArgs) {
  return answerApi(request, 'server', async (ctx, { language }) => {
    const id = fromPublicId('resource', params.serverId ?? '')
    const server = id ? await readApiServer(ctx, id) : null
    return server ? serverView(server, language) : refused('not-found')
  })
}

export const action = loader
