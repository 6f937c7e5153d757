import type { LoaderFunctionArgs } from '@remix-run/node'
import { samlMetadata } from '#app/web/desks/sign-on-desk.server.ts'

/** What a SAML directory reads of us: addresses and the certificate. Nothing of it is secret. */
export function loader({ request, params }: LoaderFunctionArgs) {
  return samlMetadata(request, params.providerId)
}
