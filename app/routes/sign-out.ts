import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { leaveHere } from '#app/web/sign-in/sign-on.server.ts'

/** Ends the session on the server and in the browser, and at the directory it came from. Only a form of ours can ask for it. */
export async function action({ request }: ActionFunctionArgs) {
  await parseForm(request.clone(), z.object({}))
  return leaveHere(request)
}

export const loader = () => redirect('/')
