import type { HostTenant } from '#app/services/tenancy/tenant-for-host.server.ts'
import { inStore, type TenantContext } from '#app/wiring.server.ts'
import { tenantOf } from './tenant-of.server.ts'

/** Runs `work` with what the store publishes, for anyone. */
export async function asVisitor<T>(request: Request, work: (ctx: TenantContext, tenant: HostTenant) => Promise<T>): Promise<T> {
  const tenant = await tenantOf(request)
  return inStore(tenant.tenantId, (ctx) => work(ctx, tenant))
}
