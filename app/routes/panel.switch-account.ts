import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { customerOf } from '#app/web/as-customer.server.ts'
import { accountCookie } from '#app/web/cookies.server.ts'
import { uuid } from '#app/web/form-fields.ts'
import { parseForm } from '#app/web/parse-form.server.ts'
import { safePath } from '#app/web/redirects.server.ts'
import { orNotFound, refuse } from '#app/web/refuse.server.ts'

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
