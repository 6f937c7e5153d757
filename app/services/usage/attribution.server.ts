import type { TenantContext } from '#app/db/context.server.ts'
import { type AttributedResource, readAttributedResources, readOwnerMappings } from '#app/db/usage-mediation.server.ts'
import type { OwnerMapping } from '#app/domain/usage/attribute-owner.ts'

export type Attribution = {
  /** Resources by their ref in the cloud. */
  readonly resources: ReadonlyMap<string, AttributedResource>
  /** The resources as mappings, nearest of all, and the tenant's own mappings behind them. */
  readonly mappings: readonly OwnerMapping[]
}

/** What decides whose usage a chunk is: the tenant's resources among its refs, and its mappings of that cloud. */
export async function readAttribution(ctx: TenantContext, cloudRef: string, refs: readonly (string | null | undefined)[]): Promise<Attribution> {
  const named = [...new Set(refs.flatMap((ref) => ref ?? []))]
  const resources = new Map((await readAttributedResources(ctx, cloudRef, named)).map((resource) => [resource.ref, resource]))
  const own = [...resources.values()].map((resource): OwnerMapping => {
    return { kind: 'resource', ref: resource.ref, owner: { accountId: resource.accountId, subscriptionId: resource.subscriptionId } }
  })
  return { resources, mappings: [...own, ...(await readOwnerMappings(ctx, cloudRef))] }
}
