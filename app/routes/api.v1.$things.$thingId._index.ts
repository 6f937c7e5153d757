import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { showThingOperation } from '#app/reports/api/show-operation.server.ts'
import { thingView } from '#app/reports/api/thing-views.ts'
import { readThing } from '#app/reports/cloud-things/query.server.ts'
import { answerThings } from '#app/web/api/answer-things.server.ts'
import { askDeed } from '#app/web/api/ask-deed.server.ts'

export function loader({ request }: LoaderFunctionArgs) {
  return answerThings(request, async (ctx, { kind, id, healthy }) => {
    if (kind === 'server' || id === null) return null
    const thing = await readThing(ctx, { kind, id })
    return thing && thingView(kind, thing, healthy)
  })
}

export function action({ request }: ActionFunctionArgs) {
  return askDeed(request, showThingOperation)
}
