import { audit } from '#app/db/audit.server.ts'
import { findResource } from '#app/db/cloud/cloud-deeds.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { isServerSuspended } from '#app/db/subscriptions/service-suspensions.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** The server in scope whose console may be opened, as its cloud calls it; that it was opened is noted. */
export async function allowConsole(ctx: TenantContext, serverId: string): Promise<Result<string, 'server-not-found' | 'server-suspended'>> {
  const server = await findResource(ctx, serverId)
  if (server?.kind !== 'server' || server.state === 'deleted' || !server.isManaged) return err('server-not-found')
  if (await isServerSuspended(ctx, serverId)) return err('server-suspended')
  await audit(ctx, { action: 'server.console-opened', subjectKind: 'resource', subjectId: serverId })
  return ok(server.externalId)
}
