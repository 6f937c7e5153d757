import type { TenantContext } from '#app/db/context.server.ts'
import { type GatewayAccountRow, listGatewayAccounts } from '#app/db/payments/gateway-accounts.server.ts'

/** The seller's account in which no money moves, in use or not; null when it has none. */
export async function findSandboxAccount(ctx: TenantContext): Promise<GatewayAccountRow | null> {
  const accounts = await listGatewayAccounts(ctx, { gateway: 'sandbox' })
  return accounts.find(({ state }) => state === 'active') ?? accounts[0] ?? null
}
