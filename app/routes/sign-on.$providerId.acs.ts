import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { takePosted } from '#app/web/sign-in/sign-on.server.ts'

/** Takes what a SAML directory posts through the browser. */
export function action({ request, params }: ActionFunctionArgs) {
  return takePosted(request, params.providerId)
}

export const loader = () => redirect('/sign-in')
