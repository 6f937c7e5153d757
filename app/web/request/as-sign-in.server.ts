import { inTenant, type TenantContext } from '#app/wiring.server.ts'
import { tenantOf } from './tenant-of.server.ts'

/** Runs `read` for the page of the sign-in: what it shows of the seller's own settings is for anyone. */
export async function asSignIn<T>(request: Request, read: (ctx: TenantContext) => Promise<T>): Promise<T> {
  const { tenantId } = await tenantOf(request)
  return inTenant(tenantId, read)
}
