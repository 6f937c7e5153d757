import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { requestConfirmationHere } from '#app/web/sign-in/mailed-links.server.ts'

/** Has the confirmation mail sent once more. */
export async function action({ request }: ActionFunctionArgs) {
  await parseForm(request, z.object({}))
  await requestConfirmationHere(request)
  return redirectWithToast(request, '/panel', 'mail.sent')
}

export const loader = () => redirect('/panel')
