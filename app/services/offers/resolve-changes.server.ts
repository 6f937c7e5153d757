import { audit } from '#app/db/audit.server.ts'
import { type ParentOfferRow, readOpenChanges, readParentOffers, resolveOfferChanges } from '#app/db/catalog/parent-offers.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type ResolveChangesInput = {
  readonly changeIds: readonly string[]
  /** Also does what the change suggests: takes over new texts, hides a withdrawn plan, shows one that came back. */
  readonly follow: boolean
}

/** Marks changes of the parent's offers as dealt with, and follows them in the own catalog when asked. Prices are never changed here. */
export async function resolveChanges(
  ctx: TenantContext,
  { changeIds, follow }: ResolveChangesInput,
): Promise<Result<{ resolved: number }, 'no-open-change'>> {
  const open = await readOpenChanges(ctx, changeIds)
  if (open.length === 0) return err('no-open-change')
  if (follow) {
    const offers = new Map((await readParentOffers(ctx)).map((offer) => [offer.id, offer]))
    for (const { kind, parentOfferId } of open) {
      const offer = offers.get(parentOfferId)
      if (offer?.productId) await followChange(ctx, kind, { ...offer, productId: offer.productId })
    }
  }
  const resolved = await resolveOfferChanges(
    ctx,
    open.map(({ id }) => id),
  )
  await audit(ctx, { action: 'offer-changes.resolved', subjectKind: 'tenant', subjectId: ctx.tenantId, detail: { resolved, follow } })
  return ok({ resolved })
}

async function followChange(ctx: TenantContext, kind: string, offer: ParentOfferRow & { readonly productId: string }): Promise<void> {
  const where = { tenantId: ctx.tenantId, id: offer.productId }
  if (kind === 'withdrawn') await ctx.db.product.updateMany({ where, data: { status: 'hidden' } })
  if (kind === 'returned') await ctx.db.product.updateMany({ where, data: { status: 'published' } })
  if (kind === 'description') {
    const { name, description, spec } = offer
    await ctx.db.product.updateMany({ where, data: { name, description, spec: spec as object } })
  }
}
