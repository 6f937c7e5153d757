import { can } from '#app/auth/permissions.ts'
import type { LoadedBrand } from '#app/brand/loaded-brand.ts'
import { BrandContent } from '#app/domain/brand/brand-content.ts'
import { openBrandDesk } from '#app/services/brand/edit-brand.server.ts'
import type { HostTenant } from '#app/services/tenancy/tenant-for-host.server.ts'
import { dressAs, inTenant } from '#app/wiring.server.ts'
import { sessionOf } from '../request/session.server.ts'
import { brandOf, contentOf } from './brand.server.ts'
import { previewWishes, withTyped } from './preview-wishes.ts'

const shown = new WeakMap<Request, Promise<LoadedBrand>>()

/**
 * What a page shows: what the tenant wears, and on a preview of the editor its draft with what is typed, to who may change the brand.
 * The page itself refuses everybody else.
 */
export async function brandShown(request: Request, tenant: HostTenant): Promise<LoadedBrand> {
  const wishes = previewWishes(request)
  const membership = wishes && (await sessionOf(request))?.memberships.find(({ accountId }) => accountId === null)
  if (!membership || !can(membership, 'brand:write')) return brandOf(tenant)
  const known = shown.get(request)
  if (known) return known
  const brand = draftOf(tenant, wishes.typed)
  shown.set(request, brand)
  return brand
}

async function draftOf(tenant: HostTenant, typed: Readonly<Record<string, string>>): Promise<LoadedBrand> {
  const worn = brandOf(tenant)
  const { content } = await inTenant(tenant.tenantId, (ctx) => openBrandDesk(ctx, contentOf(worn)))
  const accept = (candidate: unknown) => BrandContent.safeParse(candidate).data ?? null
  return dressAs(worn, tenant.tenantId, withTyped(content, typed, accept))
}
