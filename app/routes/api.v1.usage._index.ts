import type { LoaderFunctionArgs } from '@remix-run/node'
import { listApiUsage } from '#app/reports/api/usage.server.ts'
import { page, usageView } from '#app/reports/api/views.ts'
import { answerApi, refused } from '#app/web/api/answer.server.ts'
import { isPossibleSpan } from '#app/web/api/span.ts'

export function loader({ request }: LoaderFunctionArgs) {
  return answerApi(request, 'usage', async (ctx, { query, timeZone: zone }) => {
    if (!isPossibleSpan(query)) return refused('range-too-long')
    const { rows, nextCursor } = await listApiUsage(ctx, { ...query, zone })
    return page(rows.map(usageView), nextCursor)
  })
}

export const action = loader
