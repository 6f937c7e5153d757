import type { LoaderFunctionArgs } from '@remix-run/node'
import { returnFromDirectory } from '#app/web/sign-in/sign-on.server.ts'

/** Where a browser comes back from the directory. */
export function loader({ request, params }: LoaderFunctionArgs) {
  return returnFromDirectory(request, params.providerId)
}
