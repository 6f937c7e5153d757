import { audit } from '#app/db/audit.server.ts'
import { lockPlanDraft, updatePlanDraft } from '#app/db/catalog/plan-drafts.server.ts'
import type { NewPriceRule } from '#app/db/catalog/price-rules.server.ts'
import { readVersions } from '#app/db/catalog/price-versions.server.ts'
import { updateProductTerms } from '#app/db/catalog/products.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { planRules } from '#app/domain/pricing/plan-file/plan-rules.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type CheckedPlan, checkPlan } from './check-plan.server.ts'
import { type ChangeRule, type PublishVersionError, publishFirstVersion, publishVersion } from './publish-version.server.ts'

export type ActivatePlanDraftInput = { readonly draftId: string }
export type ActivatePlanDraftError = 'draft-not-found' | 'not-submitted' | 'own-draft' | 'bad-plan' | PublishVersionError

/**
 * Publishes a submitted plan as a new version of its book from its date on, or from now when the date is over: its prices take the place
 * of the plan's own, all others stay. By another person than the one who wrote it. Subscriptions that pin a version keep theirs.
 */
export async function activatePlanDraft(
  ctx: TenantContext,
  { draftId }: ActivatePlanDraftInput,
): Promise<Result<{ readonly priceVersionId: string }, ActivatePlanDraftError>> {
  const draft = await lockPlanDraft(ctx, draftId)
  if (!draft) return err('draft-not-found')
  if (draft.state !== 'submitted' || !draft.activateAt) return err('not-submitted')
  if (ctx.actor.kind === 'user' && [draft.writtenBy, draft.createdBy].includes(ctx.actor.userId)) return err('own-draft')

  const validFrom = draft.activateAt < ctx.now ? ctx.now : draft.activateAt
  const checked = await checkPlan(ctx, { priceBookId: draft.priceBookId, plan: draft.plan, at: validFrom })
  if (checked.problems.length > 0 || (checked.losses.length > 0 && !draft.reason)) return err('bad-plan')
  const version = await openVersion(ctx, checked, { priceBookId: draft.priceBookId, validFrom, note: draft.name })
  if (!version.ok) return version

  const { priceVersionId } = version.value
  await keepTerms(ctx, checked)
  await updatePlanDraft(ctx, draft, { state: 'activated', priceVersionId, approvedBy: actorName(ctx.actor) })
  await audit(ctx, { action: 'plan-draft.activated', subjectKind: 'plan-draft', subjectId: draft.id, detail: { priceVersionId } })
  return ok({ priceVersionId })
}

/** What the plan says of reminders and of the prices of new orders becomes the product's; what it leaves out stays. */
async function keepTerms(ctx: TenantContext, { plan, productId }: CheckedPlan): Promise<void> {
  if (!plan || productId === null) return
  const { reminderDays, pricePolicy } = plan
  const terms = { ...(reminderDays === undefined ? {} : { reminderDays }), ...(pricePolicy ? { pricePolicy } : {}) }
  if (Object.keys(terms).length > 0) await updateProductTerms(ctx, productId, terms)
}

type Opening = { readonly priceBookId: string; readonly validFrom: Date; readonly note: string }

/** The next version with the plan's prices in place of its former ones; the first one of a book that has none. */
async function openVersion(
  ctx: TenantContext,
  { plan, productId, desk }: CheckedPlan,
  opening: Opening,
): Promise<Result<{ readonly priceVersionId: string }, PublishVersionError>> {
  const prices: NewPriceRule[] = plan ? planRules(plan, productId) : []
  const change: ChangeRule = (rule) => (rule.productId === productId ? undefined : rule)
  const published = await publishVersion(ctx, { ...opening, change, adds: prices })
  if (published.ok || published.error !== 'no-version') return published
  if ((await readVersions(ctx, [opening.priceBookId])).length > 0) return published
  return ok(await publishFirstVersion(ctx, { ...opening, isPublic: desk?.book.isPublic ?? false, prices }))
}
