import { invariant } from '#app/domain/shared/invariant.ts'
import { inTenant } from './context.server.ts'

/** One level of the chain of sellers: the tenant, and the account it has in its parent (none at the top). */
export type Level = { readonly tenantId: string; readonly parentTenantId: string | null; readonly parentAccountId: string | null }

const deepest = 20

/** The chain from `tenantId` up to the provider, nearest first. Each level is read inside its own tenant. */
export async function chainFrom(tenantId: string): Promise<Level[]> {
  const levels: Level[] = []
  let current: string | null = tenantId
  while (current) {
    invariant(levels.length < deepest, 'chainFrom: the chain of tenants does not end')
    const id: string = current
    const level = await inTenant(id, ({ db }) =>
      db.tenant.findUniqueOrThrow({ where: { tenantId: id }, select: { tenantId: true, parentTenantId: true, parentAccountId: true } }),
    )
    levels.push(level)
    current = level.parentTenantId
  }
  return levels
}
