import { audit } from '#app/db/audit.server.ts'
import {
  countDesigns,
  type DesignChange,
  deleteDesign,
  insertDesign,
  lockDesign,
  type OwnDesign,
  updateDesign,
} from '#app/db/catalog/app-designs.server.ts'
import { findTemplateByCode } from '#app/db/catalog/app-templates.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type AppTier, type TierProblem, tiersProblem, withoutTier, withTier } from '#app/domain/apps/app-template.ts'
import { type Design, type DesignOffer, type DesignProblemCode, designProblems, mostDesigns } from '#app/domain/apps/design.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type AddDesignInput = {
  readonly accountId: string
  readonly name: string
  /** The code of a template of the seller's to start from. */
  readonly templateCode?: string | undefined
  /** In which the names of its tiers are taken over. */
  readonly language: string
}

/** Keeps a new design of an account, without tiers or with those of a template that is offered. Returns its id. */
export async function addDesign(
  ctx: TenantContext,
  { accountId, name, templateCode, language }: AddDesignInput,
): Promise<Result<string, 'too-many' | 'not-offered'>> {
  const template = templateCode === undefined ? null : await findTemplateByCode(ctx, templateCode)
  if (templateCode !== undefined && template?.state !== 'published') return err('not-offered')
  if ((await countDesigns(ctx, accountId)) >= mostDesigns) return err('too-many')
  const tiers = (template?.tiers ?? []).map((tier) => ({ ...tier, name: { en: wordOf(tier, language) } }))
  const id = await insertDesign(ctx, { accountId, name, tiers })
  await noted(ctx, id, 'added', { name, ...(templateCode === undefined ? {} : { from: templateCode }) })
  return ok(id)
}

function wordOf({ code, name }: AppTier, language: string): string {
  return name[language] ?? name.en ?? Object.values(name)[0] ?? code
}

export type ChangeDesignInput = OwnDesign & Pick<Design, 'networkId'> & { readonly name: string; readonly offer: DesignOffer }

/** Renames a design, and says in which of the account's networks it stands: one where all its tiers can be. */
export async function changeDesign(
  ctx: TenantContext,
  { name, networkId, offer, ...design }: ChangeDesignInput,
): Promise<Result<null, 'design-not-found' | 'network-not-offered' | 'network-elsewhere'>> {
  const known = await lockDesign(ctx, design)
  if (!known) return err('design-not-found')
  if (networkId !== known.networkId) {
    const problems = designProblems({ ...known, networkId }, offer)
    if (problems.some(({ problem }) => problem === 'network-not-offered')) return err('network-not-offered')
    if (networkId !== null && problems.some(({ problem }) => problem === 'no-common-place')) return err('network-elsewhere')
  }
  await changed(ctx, design, { name, networkId }, ['changed', { name }])
  return ok(null)
}

export type SaveDesignTierInput = OwnDesign & { readonly tier: AppTier; readonly offer: DesignOffer }
export type SaveDesignTierError = 'design-not-found' | TierProblem | DesignProblemCode

/** Adds a tier to a design, or changes the one of its code: only what the account is offered. What was ordered before stays as it was. */
export async function saveDesignTier(
  ctx: TenantContext,
  { tier, offer, ...design }: SaveDesignTierInput,
): Promise<Result<null, SaveDesignTierError>> {
  const known = await lockDesign(ctx, design)
  if (!known) return err('design-not-found')
  const tiers = withTier(known.tiers, tier)
  const problem = tiersProblem(tiers)
  if (problem) return err(problem.problem)
  const lacking = designProblems({ ...known, tiers }, offer).find(({ tier: of }) => of === tier.code)
  if (lacking) return err(lacking.problem)
  await changed(ctx, design, { tiers }, ['tier-saved', { tier: tier.code, plans: tier.planCodes, image: tier.imageCode }])
  return ok(null)
}

/** Takes a tier out of a design. */
export async function removeDesignTier(
  ctx: TenantContext,
  { code, ...design }: OwnDesign & { readonly code: string },
): Promise<Result<null, 'design-not-found'>> {
  const known = await lockDesign(ctx, design)
  if (!known) return err('design-not-found')
  await changed(ctx, design, { tiers: withoutTier(known.tiers, code) }, ['tier-removed', { tier: code }])
  return ok(null)
}

/** Takes a design away. What was ordered of it goes on. */
export async function removeDesign(ctx: TenantContext, design: OwnDesign): Promise<Result<null, 'design-not-found'>> {
  const known = await lockDesign(ctx, design)
  if (!known || !(await deleteDesign(ctx, design))) return err('design-not-found')
  await noted(ctx, design.id, 'removed', { name: known.name })
  return ok(null)
}

type Detail = Record<string, string | readonly string[]>

async function changed(ctx: TenantContext, design: OwnDesign, change: DesignChange, [deed, detail]: readonly [string, Detail]) {
  await updateDesign(ctx, design, change)
  await noted(ctx, design.id, deed, detail)
}

function noted(ctx: TenantContext, subjectId: string, deed: string, detail: Detail): Promise<void> {
  return audit(ctx, { action: `app-design.${deed}`, subjectKind: 'app-design', subjectId, detail })
}
