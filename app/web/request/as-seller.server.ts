import { inTenant, type TenantContext } from '#app/wiring.server.ts'
import { customerOf } from './as-customer.server.ts'

/**
 * Runs `work` with the seller's rights on behalf of a signed-in customer, for the few rows a panel cannot see although they
 * concern its reader. What `work` asks for must come from the customer's membership, never from the request.
 */
export async function asSeller<T>(request: Request, work: (ctx: TenantContext) => Promise<T>): Promise<T> {
  const { tenantId, actor } = await customerOf(request)
  return inTenant(tenantId, work, { actor })
}
