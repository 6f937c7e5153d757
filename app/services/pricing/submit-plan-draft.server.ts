import { audit } from '#app/db/audit.server.ts'
import { lockPlanDraft, updatePlanDraft } from '#app/db/catalog/plan-drafts.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { PlanProblem } from '#app/domain/pricing/plan-file/plan-file.ts'
import { err, ok } from '#app/domain/shared/result.ts'
import { checkPlan } from './check-plan.server.ts'

export type SubmitPlanDraftInput = {
  readonly draftId: string
  /** The first instant of the new prices. */
  readonly activateAt: Date
  /** Why prices may be below buy price or floor; null: they may not. */
  readonly reason: string | null
}
export type SubmitPlanDraftError = 'draft-not-found' | 'draft-closed' | 'starts-in-the-past' | 'bad-plan' | 'reason-missing'
export type SubmittedPlan =
  | { readonly ok: true; readonly value: null }
  | { readonly ok: false; readonly error: SubmitPlanDraftError; readonly problems?: readonly PlanProblem[] }

/**
 * Puts a plan before a second person, with the date it shall hold from. Refuses a plan that is wrong anywhere, and one that
 * sells below the buy price or floor without a reason; the reason is logged with each such price.
 */
export async function submitPlanDraft(ctx: TenantContext, input: SubmitPlanDraftInput): Promise<SubmittedPlan> {
  const { draftId, activateAt, reason } = input
  const draft = await lockPlanDraft(ctx, draftId)
  if (!draft) return err('draft-not-found')
  if (draft.state !== 'draft') return err('draft-closed')
  if (activateAt < ctx.now) return err('starts-in-the-past')
  const { problems, losses } = await checkPlan(ctx, { priceBookId: draft.priceBookId, plan: draft.plan, at: activateAt })
  if (problems.length > 0) return { ok: false, error: 'bad-plan', problems }
  if (losses.length > 0 && !reason) return { ok: false, error: 'reason-missing', problems: losses }

  await updatePlanDraft(ctx, draft, { state: 'submitted', activateAt, reason: reason ?? '' })
  const detail = { activateAt: activateAt.toISOString(), priceBookId: draft.priceBookId }
  await audit(ctx, { action: 'plan-draft.submitted', subjectKind: 'plan-draft', subjectId: draft.id, detail })
  for (const { pointer, code } of losses) {
    const loss = { field: pointer, problem: code, reason: reason ?? '' }
    await audit(ctx, { action: 'price.overridden', subjectKind: 'plan-draft', subjectId: draft.id, detail: loss })
  }
  return ok(null)
}
