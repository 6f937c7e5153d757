import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { brandOf } from '#app/web/brand.server.ts'
import { iconsOf } from '#app/web/brand-pictures.server.ts'
import { orNotFound } from '#app/web/refuse.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'

/** Browsers that look here without reading the page find the seller's own mark. */
export async function loader({ request }: LoaderFunctionArgs) {
  const [icon] = iconsOf(brandOf(await tenantOf(request)).pack.logo)
  return redirect(orNotFound(icon).href)
}
