import type { LoadedBrand } from '#app/brand/loaded-brand.ts'
import type { HostTenant } from '#app/services/tenancy/tenant-for-host.server.ts'
import { brandPictureOf } from '#app/wiring.server.ts'

export type Icon = { readonly rel: 'icon' | 'apple-touch-icon'; readonly href: string; readonly type: string; readonly sizes: string }

/** Where a picture of the brand is served; its name is its content, so browsers may keep it for good. */
export function pictureUrl(name: string | undefined): string | undefined {
  return name && `/brand/${name}`
}

/** The seller's mark in the sizes that browsers and home screens ask for. */
export function iconsOf({ favicon, icons }: LoadedBrand['pack']['logo']): Icon[] {
  const [small, touch, large] = icons ?? []
  const png = (rel: Icon['rel'], name: string | undefined, width: number): Icon[] =>
    name ? [{ rel, href: `/brand/${name}`, type: 'image/png', sizes: `${width}x${width}` }] : []
  const drawing: Icon[] = favicon?.endsWith('.svg') ? [{ rel: 'icon', href: `/brand/${favicon}`, type: 'image/svg+xml', sizes: 'any' }] : []
  return [...png('icon', small, 32), ...drawing, ...png('icon', large, 512), ...png('apple-touch-icon', touch, 180)]
}

/** A picture of the tenant as an answer: without cookies, in a sandbox where nothing of it could run, for good. */
export async function pictureResponse(tenant: HostTenant, name: string): Promise<Response | undefined> {
  const content = /^[0-9a-f]{32}\.(svg|png)$/.test(name) ? await brandPictureOf(tenant.tenantId, name) : null
  if (!content) return undefined
  return new Response(new Uint8Array(content), {
    headers: {
      'Content-Type': name.endsWith('.svg') ? 'image/svg+xml' : 'image/png',
      'Content-Length': String(content.byteLength),
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
  })
}
