import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { takeLogout } from '#app/web/sign-in/sign-on.server.ts'

/** A directory tells of a sign-out: OpenID Connect from server to server, SAML through the browser by post … */
export function action({ request, params }: ActionFunctionArgs) {
  return takeLogout(request, params.providerId)
}

/** … or by redirect. */
export function loader({ request, params }: LoaderFunctionArgs) {
  return takeLogout(request, params.providerId)
}
