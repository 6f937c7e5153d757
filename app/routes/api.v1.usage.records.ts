import type { LoaderFunctionArgs } from '@remix-run/node'
import { listApiUsageRecords } from '#app/reports/api/usage.server.ts'
import { page, usageRecordView } from '#app/reports/api/views.ts'
import { answerApi, refused } from '#app/web/api/answer.server.ts'
import { isPossibleSpan } from '#app/web/api/span.ts'

export function loader({ request }: LoaderFunctionArgs) {
  return answerApi(request, 'usageRecords', async (ctx, { query, timeZone: zone }) => {
    if (!isPossibleSpan(query)) return refused('range-too-long')
    const { rows, nextCursor } = await listApiUsageRecords(ctx, { ...query, zone })
    return page(rows.map(usageRecordView), nextCursor)
  })
}

export const action = loader
