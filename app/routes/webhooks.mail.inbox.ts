import type { ActionFunctionArgs } from '@remix-run/node'
import { takeInHere } from '#app/web/desks/received-mail.server.ts'

/** Takes in mail to the seller of the host. What becomes no ticket is accepted as well: the sender need not try again. */
export async function action({ request }: ActionFunctionArgs) {
  return Response.json({ taken: await takeInHere(request) }, { status: 202 })
}

export const loader = () => new Response(null, { status: 405, headers: { Allow: 'POST' } })
