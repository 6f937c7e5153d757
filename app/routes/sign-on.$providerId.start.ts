import type { LoaderFunctionArgs } from '@remix-run/node'
import { startSignOn } from '#app/web/sign-in/sign-on.server.ts'

/** Leads a visitor to the directory. A plain link: a form could not lead away from this host. */
export function loader({ request, params }: LoaderFunctionArgs) {
  return startSignOn(request, params.providerId)
}
