import { Decimal } from '#app/domain/money/decimal.ts'
import type { FeeItem } from '#app/domain/rating/fee-subscription.ts'
import type { SubscriptionPhase } from '#app/domain/rating/terms.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** Why a part of a subscription began. */
export type ItemCause = 'order' | 'plan' | 'quantity' | 'prices' | 'add-on' | 'resume' | 'renewal' | 'migration' | 'undo'

/** A dated part of a subscription as stored. */
export type SubscriptionItem = FeeItem & {
  readonly id: string
  readonly subscriptionId: string
  readonly accountId: string
  readonly cause: string
  readonly createdBy: string
}

type Row = Omit<SubscriptionItem, 'quantity' | 'isRenewal'> & { readonly quantity: string }

/** The items of `subscriptionIds`, those that never ran left out, in order of subscription and time. */
export async function readSubscriptionItems(
  ctx: TenantContext,
  subscriptionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly SubscriptionItem[]>> {
  if (subscriptionIds.length === 0) return new Map()
  const rows = await ctx.db.$queryRaw<Row[]>`
    select i.id, i.subscription_id as "subscriptionId", i.account_id as "accountId", i.product_id as "productId", i.role,
      i.quantity::text as quantity, i.starts_at as "startsAt", i.ends_at as "endsAt", i.price_version_id as "priceVersionId", i.cause,
      i.created_by as "createdBy", case when p.spec ->> 'proration' in ('none', 'day') then p.spec ->> 'proration' else 'second' end as proration
    from subscription_items i join products p on p.tenant_id = i.tenant_id and p.id = i.product_id
    where i.tenant_id = ${ctx.tenantId}::uuid and i.subscription_id = any (${subscriptionIds}::uuid[])
      and (i.ends_at is null or i.ends_at > i.starts_at)
    order by i.subscription_id, i.starts_at, i.role desc, i.product_id, i.id`
  const items = new Map<string, SubscriptionItem[]>()
  for (const row of rows) {
    const own = items.get(row.subscriptionId) ?? []
    own.push({ ...row, quantity: new Decimal(row.quantity), isRenewal: row.cause === 'renewal' })
    items.set(row.subscriptionId, own)
  }
  return items
}

/** The phases that rating sees: each main item, with the products that run beside it when it begins. */
export function phasesOf(items: readonly SubscriptionItem[]): SubscriptionPhase[] {
  const isBeside = (main: SubscriptionItem, other: SubscriptionItem) =>
    other.role !== 'main' &&
    other.startsAt.getTime() < (main.endsAt?.getTime() ?? Number.POSITIVE_INFINITY) &&
    (other.endsAt === null || other.endsAt.getTime() > main.startsAt.getTime())
  return items
    .filter(({ role }) => role === 'main')
    .map((main) => ({
      startsAt: main.startsAt,
      endsAt: main.endsAt,
      productId: main.productId,
      memberProductIds: [...new Set(items.filter((other) => isBeside(main, other)).map(({ productId }) => productId))],
      priceVersionId: main.priceVersionId,
    }))
}

export type NewSubscriptionItem = Omit<FeeItem, 'isRenewal'> & {
  readonly subscriptionId: string
  readonly accountId: string
  readonly cause: ItemCause
}

/** Begins parts of subscriptions. */
export async function insertSubscriptionItems(ctx: TenantContext, items: readonly NewSubscriptionItem[]): Promise<void> {
  const createdBy = actorName(ctx.actor)
  await ctx.db.subscriptionItem.createMany({
    data: items.map((item) => ({
      ...item,
      tenantId: ctx.tenantId,
      id: newId(),
      quantity: item.quantity.toFixed(),
      createdBy,
      createdAt: ctx.now,
    })),
  })
}

/** Ends parts at `at`; one that was to begin later never runs. */
export async function endSubscriptionItems(ctx: TenantContext, itemIds: readonly string[], at: Date): Promise<void> {
  await ctx.db.$executeRaw`
    update subscription_items set ends_at = greatest(starts_at, ${at}::timestamptz)
    where tenant_id = ${ctx.tenantId}::uuid and id = any (${itemIds}::uuid[])`
}
