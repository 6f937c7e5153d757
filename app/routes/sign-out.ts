import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { signOutHere } from '#app/web/authentication.server.ts'
import { parseForm } from '#app/web/parse-form.server.ts'

/** Ends the session on the server and in the browser. Only a form of ours can ask for it. */
export async function action({ request }: ActionFunctionArgs) {
  await parseForm(request, z.object({}))
  return redirect('/', { headers: { 'Set-Cookie': await signOutHere(request) } })
}

export const loader = () => redirect('/')
