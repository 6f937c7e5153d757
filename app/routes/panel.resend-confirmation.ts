import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { requestConfirmationHere } from '#app/web/mailed-links.server.ts'
import { parseForm } from '#app/web/parse-form.server.ts'
import { redirectWithToast } from '#app/web/redirects.server.ts'

/** Has the confirmation mail sent once more. */
export async function action({ request }: ActionFunctionArgs) {
  await parseForm(request, z.object({}))
  await requestConfirmationHere(request)
  return redirectWithToast(request, '/panel', 'mail.sent')
}

export const loader = () => redirect('/panel')
