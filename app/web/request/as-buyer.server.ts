import type { Permission } from '#app/auth/permissions.ts'
import { inParent, parentAccountOf } from '#app/services/purchases/in-parent.server.ts'
import type { TenantContext } from '#app/wiring.server.ts'
import { staffOf } from './as-staff.server.ts'
import { orNotFound } from './refuse.server.ts'

/**
 * Runs `work` in the tenant's parent for staff of the tenant, with what the parent lets its buyer read. `accountId` is the tenant's account
 * there. @throws as `staffOf`, and 404 for a tenant without a parent.
 */
export async function asBuyer<T>(
  request: Request,
  permission: Permission,
  work: (ctx: TenantContext, accountId: string) => Promise<T>,
): Promise<T> {
  const { tenant, actor } = await staffOf(request, permission)
  const parent = orNotFound(await parentAccountOf(tenant.tenantId))
  return inParent(parent, (ctx) => work(ctx, parent.accountId), { actor })
}
