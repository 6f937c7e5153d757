import type { PromotionSnapshot } from '#app/domain/promo/promotion.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** What one redemption takes from every limit that stands over it. `costMinor` is what the campaign's budget gives. */
export type LimitTake = {
  readonly promoCodeId: string
  readonly promotionId: string
  readonly campaignId: string | null
  readonly accountId: string
  readonly costMinor: bigint
  readonly currency: string
}

/** Counts one use of a code; false when it is disabled or used up. One conditional update, like each of the limits below. */
export async function takeCode(ctx: TenantContext, take: LimitTake): Promise<boolean> {
  const taken = await ctx.db.$executeRaw`
    update promo_codes set redeemed = redeemed + 1
    where tenant_id = ${ctx.tenantId}::uuid and id = ${take.promoCodeId}::uuid and state = 'active'
      and (max_redemptions is null or redeemed < max_redemptions)`
  return taken === 1
}

/** Counts one use of a promotion; false when it is not in force now or used up. */
export async function takePromotion(ctx: TenantContext, take: LimitTake): Promise<boolean> {
  const taken = await ctx.db.$executeRaw`
    update promotions set redeemed = redeemed + 1
    where tenant_id = ${ctx.tenantId}::uuid and id = ${take.promotionId}::uuid and state = 'active'
      and starts_at <= ${ctx.now} and (ends_at is null or ends_at > ${ctx.now})
      and (max_redemptions is null or redeemed < max_redemptions)`
  return taken === 1
}

/** Counts one use of a promotion by an account; false when the account has had its share. */
export async function takeAccountUse(ctx: TenantContext, take: LimitTake): Promise<boolean> {
  const taken = await ctx.db.$executeRaw`
    insert into promotion_uses (tenant_id, promotion_id, account_id, uses)
    values (${ctx.tenantId}::uuid, ${take.promotionId}::uuid, ${take.accountId}::uuid, 1)
    on conflict (tenant_id, promotion_id, account_id) do update set uses = promotion_uses.uses + 1
    where promotion_uses.uses < coalesce((select p.max_per_account from promotions p
      where p.tenant_id = promotion_uses.tenant_id and p.id = promotion_uses.promotion_id), promotion_uses.uses + 1)`
  return taken === 1
}

/** Spends `costMinor` of a campaign's budget; false when it is closed, has too little left, or counts in another currency. */
export async function takeBudget(ctx: TenantContext, take: LimitTake): Promise<boolean> {
  if (!take.campaignId) return true
  const taken = await ctx.db.$executeRaw`
    update campaigns set spent_minor = case when budget_minor is null then spent_minor else spent_minor + ${take.costMinor} end
    where tenant_id = ${ctx.tenantId}::uuid and id = ${take.campaignId}::uuid and state in ('scheduled', 'running')
      and starts_at <= ${ctx.now} and (ends_at is null or ends_at > ${ctx.now})
      and (budget_minor is null or (currency = ${take.currency} and spent_minor + ${take.costMinor} <= budget_minor))`
  return taken === 1
}

export type NewRedemption = LimitTake & { readonly orderId: string; readonly snapshot: PromotionSnapshot }

/** Notes a redemption that an order holds. */
export async function insertRedemption(ctx: TenantContext, redemption: NewRedemption): Promise<string> {
  const id = newId()
  const { accountId, promotionId, promoCodeId, orderId, snapshot, costMinor, currency } = redemption
  const keys = { tenantId: ctx.tenantId, id, accountId, promotionId, promoCodeId, orderId }
  await ctx.db.redemption.createMany({
    data: [{ ...keys, snapshot, amountMinor: costMinor, currency, state: 'held', createdAt: ctx.now }],
  })
  return id
}

export type HeldRedemption = {
  readonly id: string
  readonly accountId: string
  readonly promotionId: string
  readonly promoCodeId: string | null
  readonly campaignId: string | null
  readonly snapshot: unknown
  readonly amountMinor: bigint
  readonly currency: string
}

/** Moves what an order holds to `state` and returns it; a repeat finds nothing held any more. */
export async function moveHeld(ctx: TenantContext, orderId: string, state: 'applied' | 'released'): Promise<HeldRedemption[]> {
  const held = await ctx.db.$queryRaw<HeldRedemption[]>`
    update redemptions r set state = ${state}
    from promotions p
    where r.tenant_id = ${ctx.tenantId}::uuid and r.order_id = ${orderId}::uuid and r.state = 'held'
      and p.tenant_id = r.tenant_id and p.id = r.promotion_id
    returning r.id, r.account_id as "accountId", r.promotion_id as "promotionId", r.promo_code_id as "promoCodeId",
      p.campaign_id as "campaignId", r.snapshot, r.amount_minor as "amountMinor", r.currency`
  return held.sort((a, b) => (a.promotionId < b.promotionId ? -1 : 1))
}

/** Gives back what one redemption took from every limit. */
export async function giveBack(ctx: TenantContext, held: HeldRedemption): Promise<void> {
  const { tenantId } = ctx
  await ctx.db.$executeRaw`
    update promo_codes set redeemed = redeemed - 1 where tenant_id = ${tenantId}::uuid and id = ${held.promoCodeId}::uuid and redeemed > 0`
  await ctx.db.$executeRaw`
    update promotions set redeemed = redeemed - 1 where tenant_id = ${tenantId}::uuid and id = ${held.promotionId}::uuid and redeemed > 0`
  await ctx.db.$executeRaw`
    update promotion_uses set uses = uses - 1
    where tenant_id = ${tenantId}::uuid and promotion_id = ${held.promotionId}::uuid and account_id = ${held.accountId}::uuid and uses > 0`
  await ctx.db.$executeRaw`
    update campaigns set spent_minor = spent_minor - ${held.amountMinor}
    where tenant_id = ${tenantId}::uuid and id = ${held.campaignId}::uuid and budget_minor is not null and spent_minor >= ${held.amountMinor}`
}

/** Ties what an order redeemed to its subscription. */
export async function tieRedemption(ctx: TenantContext, id: string, subscriptionId: string): Promise<void> {
  await ctx.db.redemption.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { subscriptionId } })
}

/** Orders that still hold a redemption although they failed, or were placed before `before` and never went on without waiting for anything. */
export async function staleHolds(ctx: TenantContext, before: Date): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ orderId: string }[]>`
    select distinct r.order_id as "orderId" from redemptions r join orders o on o.tenant_id = r.tenant_id and o.id = r.order_id
    where r.tenant_id = ${ctx.tenantId}::uuid and r.state = 'held'
      and (o.state in ('failed', 'refused') or (o.state = 'placed' and o.awaits is null and o.placed_at < ${before}))
    order by 1 limit 1000`
  return rows.map((row) => row.orderId)
}

/** Counts a try of each of `subjects` in the window that began at `windowStart`; false when one has none left. */
export async function takeTry(ctx: TenantContext, subjects: readonly string[], window: { start: Date; limit: number }): Promise<boolean> {
  const ordered = [...new Set(subjects)].sort()
  const taken = await ctx.db.$executeRaw`
    insert into promo_attempts (tenant_id, subject, window_start, failures)
    select ${ctx.tenantId}::uuid, s.subject, ${window.start}, 1 from unnest(${ordered}::text[]) as s (subject) order by s.subject
    on conflict (tenant_id, subject, window_start) do update set failures = promo_attempts.failures + 1
    where promo_attempts.failures < ${window.limit}`
  return taken === ordered.length
}

/** Gives tries back: one that found a code that may be used, or several that were earned. */
export async function giveTryBack(ctx: TenantContext, subjects: readonly string[], windowStart: Date, count = 1): Promise<void> {
  await ctx.db.$executeRaw`
    update promo_attempts set failures = greatest(0, failures - ${count}::int)
    where tenant_id = ${ctx.tenantId}::uuid and window_start = ${windowStart} and subject = any (${[...new Set(subjects)]}::text[]) and failures > 0`
}

/** Forgets tries of windows that began before `before`. */
export async function forgetTries(ctx: TenantContext, before: Date): Promise<void> {
  await ctx.db.$executeRaw`delete from promo_attempts where tenant_id = ${ctx.tenantId}::uuid and window_start < ${before}`
}
