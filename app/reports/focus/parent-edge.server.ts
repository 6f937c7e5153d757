import type { TenantContext } from '#app/db/context.server.ts'
import { ownTenant } from '#app/db/tenants.server.ts'

/** Where a seller is a buyer itself: its parent, and its account there. */
export type ParentEdge = { readonly tenantId: string; readonly accountId: string }

/** The tenant's own place in its parent's books; null for a seller without a parent. */
export async function parentEdge(ctx: TenantContext): Promise<ParentEdge | null> {
  const tenant = await ownTenant(ctx)
  return tenant?.parentTenantId && tenant.parentAccountId ? { tenantId: tenant.parentTenantId, accountId: tenant.parentAccountId } : null
}
