import { given, promotionColumns } from '#app/db/catalog/promotion-columns.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { money } from '#app/domain/money/money.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { nameIn, type PromotionColumns, type Sums, toMoneys, toPromotionRow } from './columns.server.ts'
import { listCampaigns, listPromotions, type PromotionPage } from './list.server.ts'
import type { CampaignDetail, PromotionChoices, PromotionDetail, RedemptionRow } from './shape.ts'

type DetailColumns = PromotionColumns & {
  productGroups: string[]
  channels: string[]
  isFirstOrderOnly: boolean
  isNewCustomersOnly: boolean
  priority: number
  stackGroup: string | null
  isStackable: boolean
  accountLimit: number | null
  codes: number
  given: Sums
}

/** One promotion in full; undefined when the tenant has no such promotion. */
export async function readPromotionDetail(ctx: TenantContext, id: string, page: PromotionPage): Promise<PromotionDetail | undefined> {
  const [row] = await ctx.db.$queryRaw<DetailColumns[]>`
    select ${promotionColumns}, p.product_groups as "productGroups", p.is_first_order_only as "isFirstOrderOnly",
      p.is_new_customers_only as "isNewCustomersOnly", p.priority, p.stack_group as "stackGroup", p.is_stackable as "isStackable",
      p.max_per_account as "accountLimit", ${given} as given,
      array(select ch.code from channels ch where ch.tenant_id = p.tenant_id and ch.id = any (p.channel_ids) order by ch.code) as channels,
      (select count(*) from promo_codes k where k.tenant_id = p.tenant_id and k.promotion_id = p.id)::int as codes
    from promotions p left join campaigns c on c.tenant_id = p.tenant_id and c.id = p.campaign_id
    where p.tenant_id = ${ctx.tenantId}::uuid and p.id = ${id}::uuid`
  if (!row) return undefined
  const { campaign, ...listed } = toPromotionRow(row, page)
  const { productGroups, channels, isFirstOrderOnly, isNewCustomersOnly, priority, stackGroup, isStackable, accountLimit, codes } = row
  return {
    ...listed,
    isFirstOrderOnly,
    isNewCustomersOnly,
    priority,
    stackGroup,
    isStackable,
    accountLimit,
    codes,
    campaignId: campaign?.id ?? null,
    productGroups: productGroups ?? [],
    channels: channels ?? [],
    given: toMoneys(row.given),
  }
}

/** One campaign with its promotions; undefined when the tenant has no such campaign. */
export async function readCampaignDetail(ctx: TenantContext, id: string, page: PromotionPage): Promise<CampaignDetail | undefined> {
  const [listed] = await listCampaigns(ctx, { ...page, id })
  if (!listed) return undefined
  const row = await ctx.db.campaign.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: ctx.tenantId, id } },
    select: { audience: true },
  })
  const audience = row.audience as { segments?: string[]; countries?: string[] }
  const promotions = await listPromotions(ctx, { ...page, campaignId: id })
  return { ...listed, segments: audience.segments ?? [], countries: audience.countries ?? [], promotions }
}

type RedemptionColumns = {
  id: string
  at: Date
  accountId: string
  accountName: string
  promotion: Record<string, string>
  promoCode: string | null
  state: RedemptionRow['state']
  amountMinor: bigint
  givenMinor: bigint
  currency: string
}

/** The newest 50 redemptions of a promotion, or of all of a campaign, with what each was promised and given so far. */
export async function listRedemptions(
  ctx: TenantContext,
  of: { readonly promotionId?: string; readonly campaignId?: string },
  page: PromotionPage,
): Promise<RedemptionRow[]> {
  const { promotionId = null, campaignId = null } = of
  const rows = await ctx.db.$queryRaw<RedemptionColumns[]>`
    select r.id, r.created_at as at, a.id as "accountId", a.name as "accountName", p.name as promotion, r.snapshot ->> 'promoCode' as "promoCode",
      r.state, r.amount_minor as "amountMinor", r.currency,
      coalesce((select sum(u.amount_minor) from discounts d
        join discount_uses u on u.tenant_id = d.tenant_id and u.discount_id = d.id
        where d.tenant_id = r.tenant_id and d.redemption_id = r.id), 0)::bigint as "givenMinor"
    from redemptions r
    join promotions p on p.tenant_id = r.tenant_id and p.id = r.promotion_id
    join accounts a on a.tenant_id = r.tenant_id and a.id = r.account_id
    where r.tenant_id = ${ctx.tenantId}::uuid and (${promotionId}::uuid is null or r.promotion_id = ${promotionId}::uuid)
      and (${campaignId}::uuid is null or p.campaign_id = ${campaignId}::uuid)
    order by r.created_at desc, r.id desc
    limit 50`
  return rows.map(({ accountId, accountName, promotion, amountMinor, givenMinor, currency, ...row }) => ({
    ...row,
    account: { id: accountId, name: accountName },
    promotion: nameIn(promotion, page.language),
    promised: money(amountMinor, currency),
    given: money(givenMinor, currency),
  }))
}

/** What may be chosen in the editor: currencies of the price books, campaigns that are not over, groups, channels. */
export async function readChoices(ctx: TenantContext, zone: string): Promise<PromotionChoices> {
  const { tenantId } = ctx
  const books = await ctx.db.priceBook.findMany({
    where: { tenantId },
    select: { currency: true },
    distinct: ['currency'],
    orderBy: { currency: 'asc' },
  })
  const campaigns = await ctx.db.campaign.findMany({
    where: { tenantId, state: { in: ['draft', 'scheduled', 'running', 'spent'] } },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 200,
  })
  const groups = await ctx.db.product.findMany({
    where: { tenantId, productGroup: { not: null } },
    select: { productGroup: true },
    distinct: ['productGroup'],
    orderBy: { productGroup: 'asc' },
  })
  const channels = await ctx.db.channel.findMany({
    where: { tenantId },
    select: { id: true, code: true, name: true },
    orderBy: [{ code: 'asc' }, { id: 'asc' }],
    take: 200,
  })
  return {
    currencies: books.map(({ currency }) => currency),
    campaigns,
    productGroups: groups.flatMap(({ productGroup }) => productGroup ?? []),
    channels,
    today: localDateOf(ctx.now, zone),
  }
}
