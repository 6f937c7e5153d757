import { promotionColumns } from '#app/db/catalog/promotion-columns.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { money } from '#app/domain/money/money.ts'
import type { CampaignState } from '#app/domain/promo/campaign.ts'
import { daysOf, type PromotionColumns, toPromotionRow } from './columns.server.ts'
import type { CampaignListRow, PromotionListRow } from './shape.ts'

/** Whose days, and in which language names are wanted. */
export type PromotionPage = { readonly language: string; readonly zone: string }
export type PromotionFilter = PromotionPage & { readonly state?: string | undefined; readonly campaignId?: string | undefined }

/** The newest 200 promotions, those that run first. */
export async function listPromotions(ctx: TenantContext, filter: PromotionFilter): Promise<PromotionListRow[]> {
  const { state = null, campaignId = null } = filter
  const rows = await ctx.db.$queryRaw<PromotionColumns[]>`
    select ${promotionColumns}
    from promotions p left join campaigns c on c.tenant_id = p.tenant_id and c.id = p.campaign_id
    where p.tenant_id = ${ctx.tenantId}::uuid and (${state}::text is null or p.state = ${state})
      and (${campaignId}::uuid is null or p.campaign_id = ${campaignId}::uuid)
    order by p.state = 'ended', p.state <> 'active', p.starts_at desc, p.id
    limit 200`
  return rows.map((row) => toPromotionRow(row, filter))
}

type CampaignColumns = {
  id: string
  name: string
  code: string
  state: CampaignState
  startsAt: Date
  endsAt: Date | null
  redeemed: number
  budgetMinor: bigint | null
  spentMinor: bigint
  currency: string | null
}

/** The newest 100 campaigns, those that run first, with how much of their budgets is spent. `id` asks for one. */
export async function listCampaigns(ctx: TenantContext, page: PromotionPage & { id?: string }): Promise<CampaignListRow[]> {
  const { id = null } = page
  const rows = await ctx.db.$queryRaw<CampaignColumns[]>`
    select c.id, c.name, c.code, c.state, c.starts_at as "startsAt", c.ends_at as "endsAt", c.budget_minor as "budgetMinor",
      c.spent_minor as "spentMinor", c.currency,
      coalesce((select sum(p.redeemed) from promotions p where p.tenant_id = c.tenant_id and p.campaign_id = c.id), 0)::int as redeemed
    from campaigns c
    where c.tenant_id = ${ctx.tenantId}::uuid and (${id}::uuid is null or c.id = ${id}::uuid)
    order by c.state in ('ended', 'spent'), c.starts_at desc, c.id
    limit 100`
  return rows.map(({ startsAt, endsAt, budgetMinor, spentMinor, currency, ...row }) => ({
    ...row,
    days: daysOf(startsAt, endsAt, page.zone),
    budget: budgetMinor !== null && currency ? money(budgetMinor, currency) : null,
    spent: currency ? money(spentMinor, currency) : null,
  }))
}
