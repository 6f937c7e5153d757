import { type PlanDraft, readPlanDraft as readStored } from '#app/db/catalog/plan-drafts.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'

export type ShownDraft = PlanDraft & { readonly bookName: string; readonly currency: string }

/** One draft with its book; undefined when there is none of this id. */
export async function readPlanDraft(ctx: TenantContext, draftId: string): Promise<ShownDraft | undefined> {
  const draft = await readStored(ctx, draftId)
  if (!draft) return undefined
  const where = { tenantId_id: { tenantId: ctx.tenantId, id: draft.priceBookId } }
  const book = await ctx.db.priceBook.findUnique({ where, select: { name: true, currency: true } })
  return { ...draft, bookName: book?.name ?? '', currency: book?.currency ?? '' }
}
