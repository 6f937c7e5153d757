import type { TenantContext } from '#app/db/context.server.ts'
import { type AttributedResource, readAttributedResources, readOwnerMappings } from '#app/db/usage/usage-mediation.server.ts'
import { readNamedAccounts } from '#app/db/usage/usage-upload.server.ts'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { indexOwners, type OwnerIndex, type OwnerMapping } from '#app/domain/usage/attribute-owner.ts'
import type { CloudOwner } from '#app/domain/usage/mediation-input.ts'

export type Attribution = {
  /** Resources by their ref in the cloud. */
  readonly resources: ReadonlyMap<string, AttributedResource>
  /** The resources as mappings, nearest of all, accounts named by their public id, and the tenant's own mappings behind them. */
  readonly mappings: readonly OwnerMapping[]
  readonly ownerOf: OwnerIndex
}

export type Attributable = { readonly resourceRef?: string | null | undefined; readonly cloudOwner: CloudOwner }

/** What decides whose usage a chunk is: the tenant's resources among those used, and its mappings of where they run. */
export async function readAttribution(ctx: TenantContext, cloudRef: string, usage: readonly Attributable[]): Promise<Attribution> {
  const used = distinct(usage.map((record) => record.resourceRef))
  const owners = distinct(usage.flatMap(({ cloudOwner }) => [cloudOwner.projectId, cloudOwner.accountId]))
  const resources = new Map((await readAttributedResources(ctx, cloudRef, used)).map((resource) => [resource.ref, resource]))
  const own = [...resources.values()].map((resource): OwnerMapping => {
    return { kind: 'resource', ref: resource.ref, owner: { accountId: resource.accountId, subscriptionId: resource.subscriptionId } }
  })
  const named = [...(await readNamedAccounts(ctx, owners))].map(toMapping)
  const mappings = [...own, ...named, ...(await readOwnerMappings(ctx, cloudRef, owners))]
  return { resources, mappings, ownerOf: indexOwners(mappings) }
}

/** Usage that names an account of the tenant itself, as tables of usage do. */
function toMapping(publicId: string): OwnerMapping {
  return { kind: 'account', ref: publicId, owner: { accountId: fromPublicId('account', publicId) ?? '', subscriptionId: null } }
}

function distinct(refs: readonly (string | null | undefined)[]): string[] {
  return [...new Set(refs.flatMap((ref) => ref ?? []))]
}
