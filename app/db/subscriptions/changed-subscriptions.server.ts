import { Decimal } from '#app/domain/money/decimal.ts'
import type { BundleMember, ChangedItems } from '#app/domain/subscription/change-items.ts'
import type { SubscriptionChange } from '#app/domain/subscription/subscription-change.ts'
import type { BillingAnchor } from '#app/domain/subscription/subscription-cycle.ts'
import type { TenantContext } from '../context.server.ts'
import { endSubscriptionItems, type ItemCause, insertSubscriptionItems, type SubscriptionItem } from './subscription-items.server.ts'

/** A subscription as whoever changes it needs it. */
export type ChangeableSubscription = {
  readonly id: string
  readonly accountId: string
  readonly contractId: string
  readonly productId: string
  readonly name: string
  readonly state: 'pending' | 'active' | 'paused' | 'ended'
  readonly startedAt: Date
  readonly endedAt: Date | null
  /** When its term ends; null: it has none. */
  readonly endsAt: Date | null
  readonly trialEndsAt: Date | null
  readonly renews: boolean
  readonly pausedAt: Date | null
  readonly feedsTenantId: string | null
  readonly billingAnchor: BillingAnchor | null
  readonly contractAnchor: BillingAnchor
  readonly contractDay: number
  readonly zone: string
}

/** A subscription, held until the transaction ends. */
export async function lockSubscription(ctx: TenantContext, id: string): Promise<ChangeableSubscription | undefined> {
  await ctx.db.$executeRaw`
    select s.id from subscriptions s where s.tenant_id = ${ctx.tenantId}::uuid and s.id = ${id}::uuid for no key update`
  return readSubscription(ctx, id)
}

/** A subscription as it stands. */
export async function readSubscription(ctx: TenantContext, id: string): Promise<ChangeableSubscription | undefined> {
  const [row] = await ctx.db.$queryRaw<ChangeableSubscription[]>`
    select s.id, s.account_id as "accountId", s.contract_id as "contractId", s.product_id as "productId", s.name, s.state,
      s.started_at as "startedAt", s.ended_at as "endedAt", s.ends_at as "endsAt", s.trial_ends_at as "trialEndsAt", s.renews,
      s.paused_at as "pausedAt", s.feeds_tenant_id as "feedsTenantId", s.billing_anchor as "billingAnchor",
      c.billing_anchor as "contractAnchor", c.billing_day as "contractDay", t.time_zone as zone
    from subscriptions s
    join contracts c on c.tenant_id = s.tenant_id and c.id = s.contract_id
    join tenants t on t.tenant_id = s.tenant_id
    where s.tenant_id = ${ctx.tenantId}::uuid and s.id = ${id}::uuid`
  return row
}

/** What a bundle brings along without being asked; nothing for any other product. */
export async function membersOf(ctx: TenantContext, productId: string): Promise<BundleMember[]> {
  const rows = await ctx.db.bundleItem.findMany({
    where: { tenantId: ctx.tenantId, bundleId: productId, role: { in: ['included', 'complimentary'] } },
    select: { memberId: true, quantity: true },
    orderBy: [{ position: 'asc' }, { memberId: 'asc' }],
    take: 1_000,
  })
  return rows.map(({ memberId, quantity }) => ({ productId: memberId, quantity: new Decimal(quantity.toString()) }))
}

/** The active subscription of a reseller's account that feeds one of a tenant below. */
export async function feedingSubscription(
  ctx: TenantContext,
  feeds: { readonly accountId: string; readonly tenantId: string; readonly subscriptionId: string },
): Promise<{ id: string } | null> {
  return ctx.db.subscription.findFirst({
    where: {
      tenantId: ctx.tenantId,
      accountId: feeds.accountId,
      feedsTenantId: feeds.tenantId,
      feedsSubscriptionId: feeds.subscriptionId,
      state: { in: ['active', 'paused'] },
    },
    select: { id: true },
  })
}

export type ChangeToSave = {
  readonly subscription: ChangeableSubscription
  readonly change: SubscriptionChange
  readonly changed: ChangedItems<SubscriptionItem>
  readonly at: Date
}

/** Writes what a change made of a subscription: parts that end, parts that begin, and what it is now. */
export async function saveChange(ctx: TenantContext, { subscription, change, changed, at }: ChangeToSave): Promise<void> {
  const { id, accountId } = subscription
  await endSubscriptionItems(
    ctx,
    changed.ended.map((item) => item.id),
    at,
  )
  const cause = causeOf(change)
  await insertSubscriptionItems(
    ctx,
    changed.begun.map(({ isRenewal, ...item }) => ({ ...item, subscriptionId: id, accountId, cause: isRenewal ? 'renewal' : cause })),
  )
  await ctx.db.subscription.updateMany({ where: { tenantId: ctx.tenantId, id }, data: factsAfter(change, at) })
}

function causeOf({ kind }: SubscriptionChange): ItemCause {
  return kind === 'quantity' || kind === 'prices' || kind === 'add-on' || kind === 'resume' ? kind : 'plan'
}

function factsAfter(change: SubscriptionChange, at: Date) {
  if (change.kind === 'plan') return { productId: change.productId, pricePolicy: 'newest' }
  if (change.kind === 'quantity') return { quantity: change.quantity }
  if (change.kind === 'prices') return { pricePolicy: change.priceVersionId === null ? 'newest' : 'pinned' }
  if (change.kind === 'pause') return { state: 'paused', pausedAt: at }
  if (change.kind === 'resume') return { state: 'active', pausedAt: null }
  return change.kind === 'cancel' || change.kind === 'end' ? { state: 'ended', endedAt: at, renews: false } : {}
}
