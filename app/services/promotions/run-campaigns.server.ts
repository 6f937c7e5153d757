import { audit } from '#app/db/audit.server.ts'
import { lockCampaign, moveCampaign, openCampaigns, smallestRedemption } from '#app/db/catalog/campaigns.server.ts'
import { endPastPromotions } from '#app/db/catalog/promotions.server.ts'
import { forgetTries, staleHolds } from '#app/db/catalog/redemptions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { money } from '#app/domain/money/money.ts'
import { attemptWindowMs } from '#app/domain/promo/attempt-window.ts'
import { campaignStateAt, isBudgetSpent } from '#app/domain/promo/campaign.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { releaseRedemptions } from './redeem.server.ts'

/** How long an order may stand still before what it holds is given back. */
const holdMs = 86_400_000

/** Opens and closes the seller's campaigns by their dates and ends promotions that are over. Returns how many moved. Safe to repeat. */
export async function openAndCloseCampaigns(process: TenantProcess<unknown>): Promise<number> {
  return process.inTenant(async (ctx) => {
    let moved = await endPastPromotions(ctx)
    for (const campaign of await openCampaigns(ctx)) {
      const state = campaignStateAt(campaign, ctx.now)
      if (state !== campaign.state && (await moveCampaign(ctx, campaign.id, { from: [campaign.state], state }))) moved += 1
    }
    await forgetTries(ctx, new Date(ctx.now.getTime() - 4 * attemptWindowMs))
    return moved
  })
}

/** Gives back what orders hold that failed, or stood still for a day. Returns how many redemptions. Safe to repeat. */
export async function releaseStaleHolds(process: TenantProcess<unknown>): Promise<number> {
  const orderIds = await process.inTenant((ctx) => staleHolds(ctx, new Date(ctx.now.getTime() - holdMs)))
  let released = 0
  for (const orderId of orderIds) released += (await process.inTenant((ctx) => releaseRedemptions(ctx, orderId))).length
  return released
}

/** Stops a campaign when what is left of its budget would not pay the smallest redemption so far. True when this call stopped it. */
export async function stopSpentCampaign(ctx: TenantContext, campaignId: string): Promise<boolean> {
  const campaign = await lockCampaign(ctx, campaignId)
  if (!campaign || campaign.budgetMinor === null || campaign.currency === null) return false
  const { currency } = campaign
  const smallest = await smallestRedemption(ctx, campaignId)
  const spent = isBudgetSpent({
    budget: money(campaign.budgetMinor, currency),
    spent: money(campaign.spentMinor, currency),
    smallest: smallest === null ? null : money(smallest, currency),
  })
  if (!spent) return false
  const stopped = await moveCampaign(ctx, campaignId, { from: ['scheduled', 'running'], state: 'spent' })
  if (stopped) await audit(ctx, { action: 'campaign.spent', subjectKind: 'campaign', subjectId: campaignId })
  return stopped
}
