import { audit } from '#app/db/audit.server.ts'
import { insertPlanDraft, lockPlanDraft, updatePlanDraft } from '#app/db/catalog/plan-drafts.server.ts'
import { readVersionRules, readVersions } from '#app/db/catalog/price-versions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { writePlan } from '#app/domain/pricing/plan-file/write-plan.ts'
import { versionAt } from '#app/domain/pricing/version.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { toPlanRule } from './to-plan-rule.ts'

export type StartPlanDraftInput = {
  readonly priceBookId: string
  /** The product whose prices are written; null for the rate card of the book. */
  readonly productId: string | null
}
export type StartPlanDraftError = 'book-not-found' | 'product-not-found'

/** Begins a draft of one plan, or of the rate card, from the prices in force in the book. Nothing of it counts yet. */
export async function startPlanDraft(
  ctx: TenantContext,
  { priceBookId, productId }: StartPlanDraftInput,
): Promise<Result<{ readonly draftId: string }, StartPlanDraftError>> {
  const current = await exportPlanOf(ctx, { priceBookId, productId })
  if (!current.ok) return current
  const { name, plan } = current.value
  return ok({ draftId: await insertPlanDraft(ctx, { priceBookId, name, plan }) })
}

export type SavePlanDraftInput = { readonly draftId: string; readonly plan: object; readonly name?: string }
export type SavePlanDraftError = 'draft-not-found' | 'draft-closed'

/** Keeps what was typed, right or wrong; a submitted plan goes back to being a draft. Refuses one that was activated or discarded. */
export async function savePlanDraft(ctx: TenantContext, input: SavePlanDraftInput): Promise<Result<null, SavePlanDraftError>> {
  const draft = await lockPlanDraft(ctx, input.draftId)
  if (!draft) return err('draft-not-found')
  if (draft.state === 'activated' || draft.state === 'discarded') return err('draft-closed')
  await updatePlanDraft(ctx, draft, {
    plan: input.plan,
    state: 'draft',
    activateAt: null,
    ...(input.name ? { name: input.name } : {}),
  })
  if (draft.state === 'submitted')
    await audit(ctx, { action: 'plan-draft.reopened', subjectKind: 'plan-draft', subjectId: draft.id, detail: {} })
  return ok(null)
}

/** A plan of a book as a file, from the prices in force now; a product without prices has an empty one. */
export async function exportPlanOf(
  ctx: TenantContext,
  { priceBookId, productId }: StartPlanDraftInput,
): Promise<Result<{ readonly name: string; readonly plan: ReturnType<typeof writePlan> }, StartPlanDraftError>> {
  const { tenantId } = ctx
  const book = await ctx.db.priceBook.findUnique({
    where: { tenantId_id: { tenantId, id: priceBookId } },
    select: { currency: true, name: true },
  })
  if (!book) return err('book-not-found')
  const product = productId === null ? null : await productOf(ctx, productId)
  if (product === undefined) return err('product-not-found')

  const versions = (await readVersions(ctx, [priceBookId])).filter((version) => !version.isWithdrawn)
  const version = versionAt(versions, ctx.now) ?? versions[0]
  const rules = version ? await readVersionRules(ctx, [version.id]) : []
  const own = rules.filter((rule) => rule.productId === productId).map(toPlanRule)
  const head = product ?? { kind: 'rate-card' as const, code: 'rate-card', name: { en: book.name } }
  const plan = writePlan({ ...head, currency: book.currency }, own)
  return ok({ name: Object.values(head.name)[0] ?? head.code, plan })
}

async function productOf(ctx: TenantContext, id: string) {
  const { tenantId } = ctx
  const product = await ctx.db.product.findUnique({
    where: { tenantId_id: { tenantId, id } },
    select: { code: true, name: true, spec: true },
  })
  if (!product) return undefined
  const spec = product.spec as { proration?: 'none' | 'day' | 'second'; reminderDays?: number; pricePolicy?: 'newest' | 'pinned' }
  const { proration, reminderDays, pricePolicy } = spec
  const name = product.name as Record<string, string>
  const terms = { ...(reminderDays === undefined ? {} : { reminderDays }), ...(pricePolicy ? { pricePolicy } : {}) }
  return { kind: 'plan' as const, code: product.code, name, ...(proration ? { proration } : {}), ...terms }
}
