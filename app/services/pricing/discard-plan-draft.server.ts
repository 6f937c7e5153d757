import { audit } from '#app/db/audit.server.ts'
import { lockPlanDraft, updatePlanDraft } from '#app/db/catalog/plan-drafts.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type DiscardPlanDraftError = 'draft-not-found' | 'draft-closed'

/** Lays a draft aside for good; it stays readable. Refuses one that was activated or discarded before. */
export async function discardPlanDraft(
  ctx: TenantContext,
  { draftId }: { readonly draftId: string },
): Promise<Result<null, DiscardPlanDraftError>> {
  const draft = await lockPlanDraft(ctx, draftId)
  if (!draft) return err('draft-not-found')
  if (draft.state === 'activated' || draft.state === 'discarded') return err('draft-closed')
  await updatePlanDraft(ctx, draft, { state: 'discarded' })
  await audit(ctx, { action: 'plan-draft.discarded', subjectKind: 'plan-draft', subjectId: draft.id, detail: {} })
  return ok(null)
}
