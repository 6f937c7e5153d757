import { type AppDesignRow, findDesign, listDesigns, type OwnDesign } from '#app/db/catalog/app-designs.server.ts'
import { readOwnNetworks } from '#app/db/cloud/own-networks.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { codeOfDesign } from '#app/domain/apps/design.ts'
import { toAppOffer } from './offers.server.ts'
import type { AppOffer } from './shape.ts'

export type { AppDesignRow }

/** The applications that an account composed for itself, by name. */
export function readDesigns(ctx: TenantContext, accountId: string): Promise<AppDesignRow[]> {
  return listDesigns(ctx, [accountId])
}

/** One of the account's own; null for any other. */
export function readDesign(ctx: TenantContext, design: OwnDesign): Promise<AppDesignRow | null> {
  return findDesign(ctx, design)
}

/** A design as its owner orders it, as the store shows a template; null for any but the account's own, and while its network is not ready. */
export async function readDesignAsOffer(ctx: TenantContext, of: OwnDesign, language: string): Promise<AppOffer | null> {
  const design = await findDesign(ctx, of)
  if (!design) return null
  const { id, name, tiers, networkId } = design
  const network = networkId === null ? null : (await readOwnNetworks(ctx, of.accountId)).find((each) => each.id === networkId)
  if (network === undefined) return null
  return { ...toAppOffer({ code: codeOfDesign(id), name: { en: name }, description: {}, tiers }, language), network }
}
