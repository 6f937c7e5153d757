import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { iconsOf } from '#app/web/branding/brand-pictures.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

/** Browsers that look here without reading the page find the seller's own mark. */
export async function loader({ request }: LoaderFunctionArgs) {
  const [icon] = iconsOf(brandOf(await tenantOf(request)).pack.logo)
  return redirect(orNotFound(icon).href)
}
