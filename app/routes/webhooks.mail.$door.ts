import type { ActionFunctionArgs } from '@remix-run/node'
import { takeInBounce } from '#app/services/delivery/take-in-bounce.server.ts'
import { asMailSystem } from '#app/web/desks/returned-mail.server.ts'

/** Takes in mail that came back to the seller of the host. What it does not know it accepts as well: the sender need not try again. */
export async function action({ request, params }: ActionFunctionArgs) {
  const concerned = await asMailSystem(request, params.door, takeInBounce)
  return Response.json({ concerned }, { status: 202 })
}

export const loader = () => new Response(null, { status: 405, headers: { Allow: 'POST' } })
