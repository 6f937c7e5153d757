import type { CampaignState } from '#app/domain/promo/campaign.ts'
import type { CampaignAudience } from '#app/domain/promo/judge-promotion.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'

export type CampaignRow = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly audience: CampaignAudience
  readonly budgetMinor: bigint | null
  readonly currency: string | null
  readonly spentMinor: bigint
  readonly state: CampaignState
}

export type CampaignData = Omit<CampaignRow, 'id' | 'spentMinor' | 'state'>

/** Saves a campaign under `id`, as a draft when it is new. False when its budget would be less than what is spent. */
export async function saveCampaignRow(ctx: TenantContext, id: string, data: CampaignData): Promise<boolean> {
  const { tenantId } = ctx
  const audience = { segments: [...data.audience.segments], countries: [...data.audience.countries] }
  const changed = await ctx.db.campaign.updateMany({
    where: { tenantId, id, ...(data.budgetMinor === null ? { spentMinor: 0n } : { spentMinor: { lte: data.budgetMinor } }) },
    data: { ...data, audience },
  })
  if (changed.count === 1) return true
  if (await ctx.db.campaign.findUnique({ where: { tenantId_id: { tenantId, id } }, select: { id: true } })) return false
  const createdBy = actorName(ctx.actor)
  await ctx.db.campaign.createMany({ data: [{ ...data, audience, tenantId, id, state: 'draft', createdBy, createdAt: ctx.now }] })
  return true
}

/** One campaign, held until the transaction ends; undefined when the tenant has no such campaign. */
export async function lockCampaign(ctx: TenantContext, id: string): Promise<CampaignRow | undefined> {
  await ctx.db.$executeRaw`select id from campaigns where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid for update`
  const row = await ctx.db.campaign.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } } })
  return row ? toCampaign(row) : undefined
}

type StoredCampaign = Omit<CampaignRow, 'audience' | 'state'> & { readonly audience: unknown; readonly state: string }

/** A stored row as a campaign; an audience that names nobody is everybody. */
export function toCampaign(row: StoredCampaign): CampaignRow {
  const audience = row.audience as Partial<CampaignAudience>
  return {
    ...row,
    state: row.state as CampaignState,
    audience: { segments: audience.segments ?? [], countries: audience.countries ?? [] },
  }
}

/** Campaigns whose dates may move them: those that wait and those that run, in order of their start. */
export async function openCampaigns(ctx: TenantContext): Promise<CampaignRow[]> {
  const rows = await ctx.db.campaign.findMany({
    where: { tenantId: ctx.tenantId, state: { in: ['scheduled', 'running'] } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: 1_000,
  })
  return rows.map(toCampaign)
}

/** Moves a campaign from one of the states `from`; false when it is in none of them. */
export async function moveCampaign(
  ctx: TenantContext,
  id: string,
  move: { from: readonly CampaignState[]; state: CampaignState },
): Promise<boolean> {
  const moved = await ctx.db.campaign.updateMany({
    where: { tenantId: ctx.tenantId, id, state: { in: [...move.from] } },
    data: { state: move.state },
  })
  return moved.count === 1
}

/** The smallest redemption that a campaign paid and was not given back; null while there is none. */
export async function smallestRedemption(ctx: TenantContext, campaignId: string): Promise<bigint | null> {
  const [row] = await ctx.db.$queryRaw<{ least: bigint | null }[]>`
    select min(r.amount_minor) as least from redemptions r
    join promotions p on p.tenant_id = r.tenant_id and p.id = r.promotion_id
    where r.tenant_id = ${ctx.tenantId}::uuid and p.campaign_id = ${campaignId}::uuid and r.state <> 'released' and r.amount_minor > 0`
  return row?.least ?? null
}
