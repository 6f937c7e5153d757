import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { showThingOperation } from '#app/reports/api/show-operation.server.ts'
import { firewallView, recordsView, vpnView } from '#app/reports/api/thing-views.ts'
import { readSurroundings, readThing } from '#app/reports/cloud-things/query.server.ts'
import { answerThings } from '#app/web/api/answer-things.server.ts'
import { askDeed } from '#app/web/api/ask-deed.server.ts'

export function loader({ request }: LoaderFunctionArgs) {
  return answerThings(request, async (ctx, { kind, id }) => {
    if (kind === 'dns-zone' && id) {
      const zone = await readThing(ctx, { kind, id })
      return zone && recordsView(zone)
    }
    if (kind === 'network' && id) {
      const network = await readThing(ctx, { kind, id })
      return network && vpnView(network)
    }
    const around = kind === 'server' && id ? await readSurroundings(ctx, id) : null
    return around && id ? firewallView(id, around.firewall) : null
  })
}

export function action({ request }: ActionFunctionArgs) {
  return askDeed(request, showThingOperation)
}
