import type { ActionFunctionArgs } from '@remix-run/node'
import { receiveEvent } from '#app/services/gateways/receive-event.server.ts'
import { asGateway } from '#app/web/request/as-gateway.server.ts'

/** Takes in what a payment gateway tells the seller of the host. The answer says nothing but whether it was taken. */
export async function action({ request, params }: ActionFunctionArgs) {
  const taken = await asGateway(request, params.gateway, receiveEvent)
  return Response.json({ taken: taken.ok }, { status: taken.ok ? 200 : 400 })
}

export const loader = () => new Response(null, { status: 405, headers: { Allow: 'POST' } })
