import { findResource } from '#app/db/cloud/cloud-deeds.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'

/** How a server in scope is called in its cloud; null for one that is gone, or only metered. */
export async function serverRef(ctx: TenantContext, serverId: string): Promise<string | null> {
  const server = await findResource(ctx, serverId)
  return server?.kind === 'server' && server.isManaged && server.state !== 'deleted' ? server.externalId : null
}
