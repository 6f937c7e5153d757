import { audit } from '#app/db/audit.server.ts'
import { type AppTemplateRow, insertTemplate, lockTemplate, updateTemplate } from '#app/db/catalog/app-templates.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type AppTier, type TemplateState, type TierProblem, tiersProblem, withoutTier, withTier } from '#app/domain/apps/app-template.ts'
import { changeState } from '#app/domain/catalog/product.ts'
import { ProductSpec } from '#app/domain/catalog/product-spec.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type AddTemplateInput = { readonly code: string; readonly name: string; readonly language: string }

/** Adds an application without tiers, hidden: nobody is offered it before it has them and somebody publishes it. */
export async function addTemplate(
  ctx: TenantContext,
  { code, name, language }: AddTemplateInput,
): Promise<Result<{ templateId: string }, 'code-taken'>> {
  const templateId = await insertTemplate(ctx, { code, name: { [language]: name } })
  if (!templateId) return err('code-taken')
  await noted(ctx, templateId, 'added', { code })
  return ok({ templateId })
}

export type SaveTierInput = { readonly templateId: string; readonly tier: AppTier }
export type SaveTierError = 'template-not-found' | 'plan-not-there' | 'image-not-there' | TierProblem

/**
 * Adds a tier, or changes the one of its code, for orders from now on. Each of its sizes must be a plan of the seller's that comes with its
 * image. What runs stays as it was built; servers of another image can be brought up to it by their owner.
 */
export async function saveTier(ctx: TenantContext, { templateId, tier }: SaveTierInput): Promise<Result<null, SaveTierError>> {
  const template = await lockTemplate(ctx, templateId)
  if (!template) return err('template-not-found')
  const offered = await offeredWith(ctx, tier)
  if (offered) return err(offered)
  const known = template.tiers.find(({ code }) => code === tier.code)
  const tiers = withTier(template.tiers, { ...tier, name: { ...known?.name, ...tier.name } })
  const problem = tiersProblem(tiers)
  if (problem) return err(problem.problem)
  await updateTemplate(ctx, templateId, { tiers })
  await noted(ctx, templateId, 'tier-saved', { tier: tier.code, plans: tier.planCodes, image: tier.imageCode })
  return ok(null)
}

async function offeredWith({ db, tenantId }: TenantContext, { planCodes, imageCode }: AppTier) {
  const plans = await db.product.findMany({
    where: { tenantId, kind: 'plan', code: { in: [...planCodes] } },
    select: { spec: true },
    orderBy: { id: 'asc' },
    take: planCodes.length,
  })
  if (plans.length !== new Set(planCodes).size) return 'plan-not-there'
  const hasImage = plans.every(({ spec }) => ProductSpec.parse(spec).images.some(({ code }) => code === imageCode))
  return hasImage ? null : 'image-not-there'
}

export type RemoveTierError = 'template-not-found' | 'still-published'

/** Takes a tier out of what is ordered from now on; the last one only while nobody is offered the application. */
export async function removeTier(
  ctx: TenantContext,
  { templateId, code }: { readonly templateId: string; readonly code: string },
): Promise<Result<null, RemoveTierError>> {
  const template = await lockTemplate(ctx, templateId)
  if (!template) return err('template-not-found')
  const tiers = withoutTier(template.tiers, code)
  if (tiers.length === 0 && template.state === 'published') return err('still-published')
  await updateTemplate(ctx, templateId, { tiers })
  await noted(ctx, templateId, 'tier-removed', { tier: code })
  return ok(null)
}

export type TranslateTemplateInput = {
  readonly templateId: string
  readonly language: string
  readonly ownLanguage: string
  readonly name: string
  readonly description: string
}

/** Sets what an application is called and described as in one language. The seller's own language needs a name. */
export async function translateTemplate(
  ctx: TenantContext,
  input: TranslateTemplateInput,
): Promise<Result<null, 'template-not-found' | 'name-missing'>> {
  const { templateId, language, ownLanguage, name, description } = input
  const template = await lockTemplate(ctx, templateId)
  if (!template) return err('template-not-found')
  if (language === ownLanguage && name === '') return err('name-missing')
  await updateTemplate(ctx, templateId, {
    name: inLanguage(template.name, language, name),
    description: inLanguage(template.description, language, description),
  })
  await noted(ctx, templateId, 'translated', { language, name })
  return ok(null)
}

function inLanguage(texts: AppTemplateRow['name'], language: string, text: string): Record<string, string> {
  const { [language]: _before, ...others } = texts
  return text === '' ? others : { ...others, [language]: text }
}

export type MoveTemplateError = 'template-not-found' | 'state-not-reachable' | TierProblem

/** Publishes, hides or retires an application. What buyers have of it goes on in every state. */
export async function moveTemplate(
  ctx: TenantContext,
  { templateId, state }: { readonly templateId: string; readonly state: TemplateState },
): Promise<Result<null, MoveTemplateError>> {
  const template = await lockTemplate(ctx, templateId)
  if (!template) return err('template-not-found')
  if (template.state === state) return ok(null)
  const moved = changeState(template.state, state)
  if (!moved.ok) return moved
  const problem = state === 'published' ? tiersProblem(template.tiers) : null
  if (problem) return err(problem.problem)
  await updateTemplate(ctx, templateId, { state })
  await noted(ctx, templateId, 'state-changed', { from: template.state, to: state })
  return ok(null)
}

function noted(ctx: TenantContext, subjectId: string, deed: string, detail: Record<string, string | readonly string[]>): Promise<void> {
  return audit(ctx, { action: `app-template.${deed}`, subjectKind: 'app-template', subjectId, detail })
}
