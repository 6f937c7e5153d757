import type { LoaderFunctionArgs } from '@remix-run/node'
import { tenantOf } from '#app/web/tenant-of.server.ts'

/** Crawlers read the store and stay out of what belongs to people. */
export async function loader({ request }: LoaderFunctionArgs) {
  await tenantOf(request)
  const lines = [
    'User-agent: *',
    'Disallow: /panel',
    'Disallow: /office',
    'Disallow: /order',
    'Disallow: /sign-in',
    'Disallow: /sign-up',
    'Allow: /',
  ]
  return new Response(`${lines.join('\n')}\n`, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}
