import { balancerMembers } from '#app/services/clouds/balancer-members.server.ts'
import type { CloudAbove } from '#app/services/clouds/cloud-above.server.ts'
import type { TenantContext } from '#app/wiring.server.ts'

type Reading = <T>(look: (ctx: TenantContext) => Promise<T>) => Promise<T>

/** Ids of the servers behind a load balancer that get connections now; null while the cloud does not tell. */
export async function healthyServers(read: Reading, { cloud, id }: { cloud: CloudAbove | null; id: string }): Promise<string[] | null> {
  const members = await read((ctx) => balancerMembers(ctx, id))
  const part = cloud?.driver.parts['load-balancers']
  if (!members || !part) return null
  try {
    const told = await part.health(members.ref)
    return told.flatMap(({ serverRef, isHealthy }) => (isHealthy ? (members.serverIds.get(serverRef) ?? []) : []))
  } catch {
    // Health is no reason for a page to fail: it says that the cloud does not answer.
    return null
  }
}
