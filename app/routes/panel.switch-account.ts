import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { customerOf } from '#app/web/request/as-customer.server.ts'
import { accountCookie } from '#app/web/request/cookies.server.ts'
import { uuid } from '#app/web/request/form-fields.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { safePath } from '#app/web/request/redirects.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'

const SwitchForm = z.object({ membershipId: uuid, returnTo: z.string().optional() })

/** From now on the person acts through another of their own memberships. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, SwitchForm)
  if (!form.ok) throw refuse(400, 'invalid-account')
  const { memberships } = await customerOf(request)
  const membership = orNotFound(memberships.find(({ id }) => id === form.value.membershipId))
  const cookie = await accountCookie(request).serialize(membership.id)
  return redirect(safePath(form.value.returnTo, '/panel'), { headers: { 'Set-Cookie': cookie } })
}

export const loader = () => redirect('/panel')
