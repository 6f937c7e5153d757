import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { showThingOperation } from '#app/reports/api/show-operation.server.ts'
import { thingView } from '#app/reports/api/thing-views.ts'
import { page } from '#app/reports/api/views.ts'
import { listThingsAfter } from '#app/reports/cloud-things/query.server.ts'
import { answerThings } from '#app/web/api/answer-things.server.ts'
import { askDeed } from '#app/web/api/ask-deed.server.ts'

export function loader({ request }: LoaderFunctionArgs) {
  return answerThings(request, async (ctx, { kind, cursor, limit }) => {
    if (kind === 'server') return null
    const { rows, nextCursor } = await listThingsAfter(ctx, { kind, cursor, limit })
    return page(
      rows.map((row) => thingView(kind, row)),
      nextCursor,
    )
  })
}

export function action({ request }: ActionFunctionArgs) {
  return askDeed(request, showThingOperation)
}
