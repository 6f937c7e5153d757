import { type OwnNetwork, readOwnNetworks } from '#app/db/cloud/own-networks.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'

export type { OwnNetwork }

/** The private networks of an account that a server can be ordered into, by name. */
export function listNetworksForOrder(ctx: TenantContext, accountId: string): Promise<OwnNetwork[]> {
  return readOwnNetworks(ctx, accountId)
}
