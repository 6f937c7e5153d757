import { audit } from '#app/db/audit.server.ts'
import { lockCampaign, moveCampaign, saveCampaignRow } from '#app/db/catalog/campaigns.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import type { Money } from '#app/domain/money/money.ts'
import { campaignStateAt } from '#app/domain/promo/campaign.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { addDays, type LocalDate, startOfDay } from '#app/domain/time/local-date.ts'

export type SaveCampaignInput = {
  /** Null: a new one. */
  readonly campaignId: string | null
  readonly code: string
  readonly name: string
  readonly startsOn: LocalDate
  /** The last day. */
  readonly endsOn: LocalDate | null
  readonly budget: Money | null
  readonly segments: readonly string[]
  readonly countries: readonly string[]
}

export type SaveCampaignError = 'campaign-not-found' | 'name-taken' | 'end-before-start' | 'budget-out-of-range' | 'budget-below-spent'

/** Saves a campaign; a new one is a draft. Its days are the seller's. A budget is never lowered below what is spent. */
export async function saveCampaign(
  ctx: TenantContext,
  input: SaveCampaignInput,
): Promise<Result<{ campaignId: string }, SaveCampaignError>> {
  const { startsOn, endsOn, budget, segments, countries, code, name } = input
  if (endsOn !== null && endsOn < startsOn) return err('end-before-start')
  if (budget && budget.minor <= 0n) return err('budget-out-of-range')
  if (input.campaignId && !(await lockCampaign(ctx, input.campaignId))) return err('campaign-not-found')
  const campaignId = input.campaignId ?? newId()
  if ((await ctx.db.campaign.count({ where: { tenantId: ctx.tenantId, code, id: { not: campaignId } } })) > 0) return err('name-taken')

  const seller = await ownTenant(ctx)
  invariant(seller, `tenant ${ctx.tenantId} is not there`)
  const isSaved = await saveCampaignRow(ctx, campaignId, {
    code,
    name,
    startsAt: startOfDay(startsOn, seller.timeZone),
    endsAt: endsOn === null ? null : startOfDay(addDays(endsOn, 1), seller.timeZone),
    audience: { segments, countries },
    budgetMinor: budget?.minor ?? null,
    currency: budget?.currency ?? null,
  })
  if (!isSaved) return err('budget-below-spent')
  await audit(ctx, {
    action: input.campaignId ? 'campaign.changed' : 'campaign.added',
    subjectKind: 'campaign',
    subjectId: campaignId,
    detail: { code, budgetMinor: budget?.minor.toString() ?? null },
  })
  return ok({ campaignId })
}

export type SwitchCampaignInput = { readonly campaignId: string; readonly deed: 'start' | 'stop' }

/** Starts a campaign, at once or on its first day, also one whose budget was raised; or stops it for good. A repeat changes nothing. */
export async function switchCampaign(ctx: TenantContext, input: SwitchCampaignInput): Promise<Result<undefined, 'campaign-not-found'>> {
  const campaign = await lockCampaign(ctx, input.campaignId)
  if (!campaign) return err('campaign-not-found')
  const state = input.deed === 'stop' ? 'ended' : campaignStateAt({ ...campaign, state: 'scheduled' }, ctx.now)
  const from = input.deed === 'stop' ? (['draft', 'scheduled', 'running', 'spent'] as const) : (['draft', 'spent', 'ended'] as const)
  if (await moveCampaign(ctx, campaign.id, { from, state }))
    await audit(ctx, { action: `campaign.${state}`, subjectKind: 'campaign', subjectId: campaign.id })
  return ok(undefined)
}
