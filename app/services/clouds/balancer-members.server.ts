import { findResource } from '#app/db/cloud/cloud-deeds.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { MembersSpec } from '#app/domain/cloud/resource-specs.ts'

/** How a load balancer is called in its cloud, and its servers by what they are called there. */
export type BalancerMembers = { readonly ref: string; readonly serverIds: ReadonlyMap<string, string> }

/** A load balancer in scope with its servers; null when there is none such, or the cloud has not made it. */
export async function balancerMembers(ctx: TenantContext, id: string): Promise<BalancerMembers | null> {
  const balancer = await findResource(ctx, id)
  if (balancer?.kind !== 'load-balancer' || balancer.state !== 'ready') return null
  const servers = await ctx.db.resource.findMany({
    where: { tenantId: ctx.tenantId, id: { in: MembersSpec.parse(balancer.spec).serverIds } },
    select: { id: true, externalId: true },
    orderBy: { id: 'asc' },
    take: 500,
  })
  return { ref: balancer.externalId, serverIds: new Map(servers.map((server) => [server.externalId, server.id])) }
}
