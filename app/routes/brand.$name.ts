import type { LoaderFunctionArgs } from '@remix-run/node'
import { pictureResponse } from '#app/web/branding/brand-pictures.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

/** The seller's pictures. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  return orNotFound(await pictureResponse(await tenantOf(request), params.name ?? ''))
}
