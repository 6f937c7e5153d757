import { findDesign } from '#app/db/catalog/app-designs.server.ts'
import { findTemplateByCode } from '#app/db/catalog/app-templates.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { AppTier } from '#app/domain/apps/app-template.ts'
import { type Composed, designOfCode, isDesignWhole } from '#app/domain/apps/design.ts'
import { readDesignOffer } from './design-offer.server.ts'

/** What can be ordered by a code: a template of the seller's, or a design of the buyer's own as it is now. */
export type OrderedApp = {
  readonly templateId: string | null
  readonly composed: Composed | null
  readonly tiers: readonly AppTier[]
  /** The private network that all its servers join; null for none. */
  readonly networkId: string | null
}

/**
 * What an account orders by a code, in the seller's scope: a template while it is published, a design of its own while all that it names is
 * on offer. Null for anything else, another account's design too.
 */
export async function orderedApp(
  ctx: TenantContext,
  { code, accountId }: { readonly code: string; readonly accountId: string },
): Promise<OrderedApp | null> {
  const designId = designOfCode(code)
  if (designId === undefined) {
    const template = await findTemplateByCode(ctx, code)
    return template?.state === 'published' ? { templateId: template.id, composed: null, tiers: template.tiers, networkId: null } : null
  }
  const design = await findDesign(ctx, { id: designId, accountId })
  if (!design || !isDesignWhole(design, await readDesignOffer(ctx, { accountId, capabilities: null }))) return null
  const { name, tiers, networkId } = design
  return { templateId: null, composed: { name, tiers: [...tiers] }, tiers, networkId }
}
