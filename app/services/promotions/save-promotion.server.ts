import { audit } from '#app/db/audit.server.ts'
import { lockCampaign } from '#app/db/catalog/campaigns.server.ts'
import { movePromotion, type PromotionData, readPromotion, savePromotionRow } from '#app/db/catalog/promotions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { type PromotionProblem, promotionProblems } from '#app/domain/promo/check-promotion.ts'
import { scopesOf } from '#app/domain/promo/promotion.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { addDays, type LocalDate, startOfDay } from '#app/domain/time/local-date.ts'
import { addCode } from './generate-codes.server.ts'

export type SavePromotionInput = Omit<PromotionData, 'startsAt' | 'endsAt' | 'name'> & {
  /** Null: a new one. */
  readonly promotionId: string | null
  /** In the seller's language. */
  readonly name: string
  /** First and last day in the seller's zone. */
  readonly startsOn: LocalDate
  readonly endsOn: LocalDate | null
  /** A code that everybody may know, made with a new promotion. */
  readonly publicCode: string | null
}

export type SavePromotionError =
  | PromotionProblem
  | 'promotion-not-found'
  | 'campaign-not-found'
  | 'name-taken'
  | 'malformed-code'
  | 'code-taken'

/**
 * Saves a promotion; a new one is a draft, with its public code if it has one. Orders keep what they redeemed as it was.
 * Refuses with the first thing that is wrong.
 */
export async function savePromotion(
  ctx: TenantContext,
  input: SavePromotionInput,
): Promise<Result<{ promotionId: string }, SavePromotionError>> {
  const problem = await problemOf(ctx, input)
  if (problem) return err(problem)
  const known = input.promotionId === null ? undefined : await readPromotion(ctx, input.promotionId)
  if (input.promotionId && !known) return err('promotion-not-found')
  const promotionId = input.promotionId ?? newId()
  if (await isNameTaken(ctx, input.code, promotionId)) return err('name-taken')

  await savePromotionRow(ctx, promotionId, await toRow(ctx, input, known?.promotion.name ?? {}))
  await audit(ctx, {
    action: input.promotionId ? 'promotion.changed' : 'promotion.added',
    subjectKind: 'promotion',
    subjectId: promotionId,
    detail: { code: input.code, terms: input.terms },
  })
  if (input.promotionId === null && input.publicCode) {
    const added = await addCode(ctx, { promotionId, code: input.publicCode, maxRedemptions: null })
    if (!added.ok) return added.error === 'promotion-not-found' ? err('promotion-not-found') : err(added.error)
  }
  return ok({ promotionId })
}

/** The first thing wrong with an input, its campaign included. */
async function problemOf(ctx: TenantContext, input: SavePromotionInput): Promise<PromotionProblem | 'campaign-not-found' | null> {
  const campaign = input.campaignId === null ? null : await lockCampaign(ctx, input.campaignId)
  if (campaign === undefined) return 'campaign-not-found'
  const hasBudget = campaign !== null && campaign.budgetMinor !== null
  return promotionProblems({ ...input, hasBudget })[0] ?? null
}

/** The row of an input; names in other languages stay. */
async function toRow(ctx: TenantContext, input: SavePromotionInput, names: PromotionData['name']): Promise<PromotionData> {
  const seller = await ownTenant(ctx)
  invariant(seller, `tenant ${ctx.tenantId} is not there`)
  const { promotionId: _, publicCode: __, startsOn, endsOn, name, ...data } = input
  return {
    ...data,
    name: { ...names, [seller.language]: name },
    scopes: scopesOf(input),
    startsAt: startOfDay(startsOn, seller.timeZone),
    endsAt: endsOn === null ? null : startOfDay(addDays(endsOn, 1), seller.timeZone),
  }
}

async function isNameTaken(ctx: TenantContext, code: string, promotionId: string): Promise<boolean> {
  const { tenantId } = ctx
  return (await ctx.db.promotion.count({ where: { tenantId, code, id: { not: promotionId } } })) > 0
}

export type SwitchPromotionInput = { readonly promotionId: string; readonly state: 'active' | 'ended' }

/** Starts a promotion, or ends it: nobody redeems it any more, and what was redeemed goes on. A repeat changes nothing. */
export async function switchPromotion(ctx: TenantContext, input: SwitchPromotionInput): Promise<Result<undefined, 'promotion-not-found'>> {
  const { promotionId, state } = input
  const moved = await movePromotion(ctx, promotionId, { from: state === 'active' ? ['draft', 'ended'] : ['draft', 'active'], state })
  if (!moved) return (await readPromotion(ctx, promotionId)) ? ok(undefined) : err('promotion-not-found')
  await audit(ctx, { action: `promotion.${state}`, subjectKind: 'promotion', subjectId: promotionId })
  return ok(undefined)
}
