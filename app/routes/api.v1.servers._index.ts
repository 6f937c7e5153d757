import type { LoaderFunctionArgs } from '@remix-run/node'
import { listApiServers } from '#app/reports/api/servers.server.ts'
import { page, serverView } from '#app/reports/api/views.ts'
import { answerApi } from '#app/web/api/answer.server.ts'

export function loader({ request }: LoaderFunctionArgs) {
  return answerApi(request, 'servers', async (ctx, { query, language }) => {
    const { rows, nextCursor } = await listApiServers(ctx, query)
    return page(
      rows.map((row) => serverView(row, language)),
      nextCursor,
    )
  })
}

export const action = loader
