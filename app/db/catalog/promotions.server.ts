import type { DiscountScope } from '#app/domain/promo/discount.ts'
import type { BuyerFacts, CampaignAudience, CampaignFacts, CodeFacts } from '#app/domain/promo/judge-promotion.ts'
import { type Promotion, type PromotionState, PromotionTerms } from '#app/domain/promo/promotion.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'

type CodeRow = Omit<CodeFacts, 'promotion' | 'campaign'> &
  Omit<Promotion, 'terms'> & {
    terms: unknown
    campaignId: string | null
    campaignState: CampaignFacts['state']
    campaignStartsAt: Date
    campaignEndsAt: Date | null
    audience: Partial<CampaignAudience> | null
  }

/** A code as stored, with its promotion, campaign and counters; null for a code nobody made. One query for either. */
export async function readCode(ctx: TenantContext, code: string, accountId: string): Promise<CodeFacts | null> {
  const [row] = await ctx.db.$queryRaw<CodeRow[]>`
    select c.id as "promoCodeId", c.state = 'active' as "isCodeActive", c.redeemed as "codeRedeemed", c.max_redemptions as "codeLimit",
      p.id, p.code, p.name, p.terms, p.scopes, p.product_groups as "productGroups", p.channel_ids as "channelIds",
      p.is_first_order_only as "isFirstOrderOnly", p.is_new_customers_only as "isNewCustomersOnly", p.priority, p.stack_group as "stackGroup",
      p.is_stackable as "isStackable", p.starts_at as "startsAt", p.ends_at as "endsAt", p.state, p.redeemed, p.max_redemptions as "limit",
      p.max_per_account as "accountLimit", coalesce(u.uses, 0)::int as "usedByAccount", g.id as "campaignId", g.state as "campaignState",
      g.starts_at as "campaignStartsAt", g.ends_at as "campaignEndsAt", g.audience
    from promo_codes c
    join promotions p on p.tenant_id = c.tenant_id and p.id = c.promotion_id
    left join campaigns g on g.tenant_id = p.tenant_id and g.id = p.campaign_id
    left join promotion_uses u on u.tenant_id = p.tenant_id and u.promotion_id = p.id and u.account_id = ${accountId}::uuid
    where c.tenant_id = ${ctx.tenantId}::uuid and c.code = ${code}`
  return row ? toCode(row) : null
}

function toCode(row: CodeRow): CodeFacts {
  const { promoCodeId, isCodeActive, codeRedeemed, codeLimit, state, redeemed, limit, usedByAccount, accountLimit } = row
  const { campaignId, campaignState, campaignStartsAt, campaignEndsAt, audience } = row
  return {
    promoCodeId,
    isCodeActive,
    codeRedeemed,
    codeLimit,
    state,
    redeemed,
    limit,
    usedByAccount,
    accountLimit,
    promotion: toPromotion(row),
    campaign: campaignId
      ? {
          id: campaignId,
          state: campaignState,
          startsAt: campaignStartsAt,
          endsAt: campaignEndsAt,
          audience: { segments: audience?.segments ?? [], countries: audience?.countries ?? [] },
        }
      : null,
  }
}

type PromotionColumns = Omit<Promotion, 'terms'> & { terms: unknown }

function toPromotion(row: PromotionColumns): Promotion {
  const { id, code, name, scopes, isFirstOrderOnly, isNewCustomersOnly, priority, stackGroup, isStackable, startsAt, endsAt } = row
  return {
    id,
    code,
    name,
    scopes,
    isFirstOrderOnly,
    isNewCustomersOnly,
    priority,
    stackGroup,
    isStackable,
    startsAt,
    endsAt,
    terms: PromotionTerms.parse(row.terms),
    productGroups: row.productGroups ?? [],
    channelIds: row.channelIds ?? [],
  }
}

/**
 * Who orders, for the conditions of promotions: a department orders as its enterprise. `productGroups` comes from the basket. Pieces of
 * the order that `leadId` leads are not orders before it.
 */
export async function readBuyer(
  ctx: TenantContext,
  accountId: string,
  leadId: string | null = null,
): Promise<Omit<BuyerFacts, 'productGroups'>> {
  const [row] = await ctx.db.$queryRaw<Omit<BuyerFacts, 'productGroups'>[]>`
    select a.channel_id::text as "channelId", a.segment, a.country,
      exists (select from orders o where o.tenant_id = a.tenant_id and o.account_id in (a.id, a.parent_account_id)
        and o.state not in ('failed', 'refused') and coalesce(o.lead_order_id, o.id) is distinct from ${leadId}::uuid) as "hasOrderedBefore",
      not exists (select from invoices i where i.tenant_id = a.tenant_id and i.account_id in (a.id, a.parent_account_id) and i.document_type = 'invoice')
        and not exists (select from subscriptions s where s.tenant_id = a.tenant_id and s.account_id in (a.id, a.parent_account_id)
          and (s.ended_at is null or s.ended_at > s.started_at)) as "isNewCustomer"
    from accounts a where a.tenant_id = ${ctx.tenantId}::uuid and a.id = ${accountId}::uuid`
  return row ?? { channelId: null, segment: null, country: '', hasOrderedBefore: true, isNewCustomer: false }
}

export type PromotionRow = {
  readonly promotion: Promotion
  readonly campaignId: string | null
  readonly state: PromotionState
  readonly maxRedemptions: number | null
  readonly maxPerAccount: number | null
  readonly redeemed: number
}

/** One promotion with its limits; undefined when the tenant has no such promotion. */
export async function readPromotion(ctx: TenantContext, id: string): Promise<PromotionRow | undefined> {
  const row = await ctx.db.promotion.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } } })
  if (!row) return undefined
  const { campaignId, maxRedemptions, maxPerAccount, redeemed } = row
  const promotion = toPromotion(row as unknown as PromotionColumns)
  return { promotion, campaignId, state: row.state as PromotionState, maxRedemptions, maxPerAccount, redeemed }
}

export type PromotionData = {
  readonly campaignId: string | null
  readonly code: string
  readonly name: Readonly<Record<string, string>>
  readonly terms: PromotionTerms
  readonly scopes: readonly DiscountScope[]
  readonly productGroups: readonly string[]
  readonly channelIds: readonly string[]
  readonly isFirstOrderOnly: boolean
  readonly isNewCustomersOnly: boolean
  readonly priority: number
  readonly stackGroup: string | null
  readonly isStackable: boolean
  readonly maxRedemptions: number | null
  readonly maxPerAccount: number | null
  readonly startsAt: Date
  readonly endsAt: Date | null
}

/** Saves a promotion under `id`, as a draft when it is new. A limit below what is redeemed already is raised to it. */
export async function savePromotionRow(ctx: TenantContext, id: string, data: PromotionData): Promise<void> {
  const row = {
    ...data,
    name: { ...data.name },
    kind: data.terms.kind,
    scopes: [...data.scopes],
    productGroups: [...data.productGroups],
    channelIds: [...data.channelIds],
  }
  const { tenantId } = ctx
  const [known] = await ctx.db.$queryRaw<{ redeemed: number }[]>`
    select redeemed from promotions where tenant_id = ${tenantId}::uuid and id = ${id}::uuid for update`
  if (known) {
    const maxRedemptions = row.maxRedemptions === null ? null : Math.max(row.maxRedemptions, known.redeemed)
    await ctx.db.promotion.updateMany({ where: { tenantId, id }, data: { ...row, maxRedemptions } })
    return
  }
  const createdBy = actorName(ctx.actor)
  await ctx.db.promotion.createMany({ data: [{ ...row, tenantId, id, state: 'draft', createdBy, createdAt: ctx.now }] })
}

/** Moves a promotion to `state`; false when it is not in one of `from`. */
export async function movePromotion(
  ctx: TenantContext,
  id: string,
  move: { from: readonly PromotionState[]; state: PromotionState },
): Promise<boolean> {
  const moved = await ctx.db.promotion.updateMany({
    where: { tenantId: ctx.tenantId, id, state: { in: [...move.from] } },
    data: { state: move.state },
  })
  return moved.count === 1
}

/** Ends active promotions whose last day is over at `ctx.now`. Returns how many. */
export async function endPastPromotions(ctx: TenantContext): Promise<number> {
  return ctx.db.$executeRaw`
    update promotions set state = 'ended' where tenant_id = ${ctx.tenantId}::uuid and state = 'active' and ends_at <= ${ctx.now}`
}
