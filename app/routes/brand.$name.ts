import type { LoaderFunctionArgs } from '@remix-run/node'
import { brandDrawing } from '#app/web/brand.server.ts'
import { orNotFound } from '#app/web/refuse.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'

/** The seller's drawings. They are flat shapes; the sandbox makes sure that one opened by itself stays one. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const svg = orNotFound(brandDrawing(await tenantOf(request), params.name ?? ''))
  const headers = {
    'Content-Type': 'image/svg+xml',
    'Cache-Control': 'public, max-age=300',
    'Content-Security-Policy': "sandbox; default-src 'none'",
  }
  return new Response(svg, { headers })
}
