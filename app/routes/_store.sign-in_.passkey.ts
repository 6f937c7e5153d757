import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { signInByPasskeyHere } from '#app/web/request/authentication.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { safePath } from '#app/web/request/redirects.server.ts'

const PasskeyForm = z.object({ passkeyAnswer: z.string().max(20_000).default(''), returnTo: z.string().optional() })

/** Signs in by what a passkey answered; the page's script asks it first. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, PasskeyForm)
  if (!form.ok) return redirect('/sign-in?state=passkey-refused')
  const result = await signInByPasskeyHere(request, form.value.passkeyAnswer)
  if (!result.ok) return redirect(`/sign-in?state=${result.error}`)
  return redirect(safePath(form.value.returnTo, '/sign-in'), { headers: result.value })
}

export const loader = () => redirect('/sign-in')
