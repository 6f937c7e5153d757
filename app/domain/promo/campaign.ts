import type { Money } from '../money/money.ts'

export type CampaignState = 'draft' | 'scheduled' | 'running' | 'ended' | 'spent'

/** The state a campaign has at `now` by its dates. A draft waits for a person; ended and spent ones stay so. */
export function campaignStateAt(
  campaign: { readonly state: CampaignState; readonly startsAt: Date; readonly endsAt: Date | null },
  now: Date,
): CampaignState {
  if (campaign.state !== 'scheduled' && campaign.state !== 'running') return campaign.state
  if (campaign.endsAt !== null && campaign.endsAt.getTime() <= now.getTime()) return 'ended'
  return campaign.startsAt.getTime() <= now.getTime() ? 'running' : 'scheduled'
}

/** Whether a budget is spent: what is left would not pay the smallest redemption so far. No budget is never spent. */
export function isBudgetSpent({ budget, spent, smallest }: { budget: Money | null; spent: Money; smallest: Money | null }): boolean {
  if (!budget) return false
  const left = budget.minor - spent.minor
  return left <= 0n || (smallest !== null && smallest.minor > 0n && left < smallest.minor)
}
