import type { TenantContext } from './context.server.ts'
import { Prisma } from './generated/client.ts'
import { newId } from './ids.server.ts'
import { sqlArray } from './sql-array.server.ts'

/** An item whose time has come, with what its subscription has now. */
export type DueItem = {
  readonly id: string
  readonly subscriptionId: string
  readonly accountId: string
  readonly appliesAt: Date
  readonly toProductId: string
  readonly toPriceVersionId: string | null
  readonly quantity: string
  /** Its main item; null for a subscription that never had one written down. */
  readonly mainItemId: string | null
  readonly endsAt: Date | null
  readonly fromProductId: string
  readonly currentProductId: string
  readonly startsAt: Date
  readonly state: string
}

/** Items due at `ctx.now`, at most `limit`, held with their subscriptions until the transaction ends. */
export async function lockDueItems(ctx: TenantContext, limit: number): Promise<DueItem[]> {
  await ctx.db.$executeRaw`
    select s.id from subscriptions s
    where s.tenant_id = ${ctx.tenantId}::uuid and s.id in (
      select i.subscription_id from plan_migration_items i
      where i.tenant_id = ${ctx.tenantId}::uuid and i.state = 'scheduled' and i.applies_at <= ${ctx.now}
      order by i.applies_at, i.id limit ${limit})
    order by s.id for no key update`
  return ctx.db.$queryRaw<DueItem[]>`
    select i.id, i.subscription_id as "subscriptionId", i.account_id as "accountId", i.applies_at as "appliesAt",
      p.to_product_id as "toProductId", p.to_price_version_id as "toPriceVersionId", coalesce(m.quantity, s.quantity)::text as quantity,
      m.id as "mainItemId", m.ends_at as "endsAt", p.from_product_id as "fromProductId",
      coalesce(m.product_id, s.product_id) as "currentProductId", coalesce(m.starts_at, s.started_at) as "startsAt", s.state
    from plan_migration_items i
    join plan_migrations p on p.tenant_id = i.tenant_id and p.id = i.plan_migration_id
    join subscriptions s on s.tenant_id = i.tenant_id and s.id = i.subscription_id
    left join lateral (
      select o.id, o.product_id, o.quantity, o.starts_at, o.ends_at from subscription_items o
      where o.tenant_id = s.tenant_id and o.subscription_id = s.id and o.role = 'main' and (o.ends_at is null or o.ends_at > i.applies_at)
      order by o.starts_at limit 1
    ) m on true
    where i.tenant_id = ${ctx.tenantId}::uuid and i.state = 'scheduled' and i.applies_at <= ${ctx.now}
    order by i.applies_at, i.id limit ${limit}`
}

/** Items that cannot be applied any more, each with its reason. */
export async function failItems(ctx: TenantContext, failed: readonly { readonly id: string; readonly problem: string }[]): Promise<void> {
  if (failed.length === 0) return
  await ctx.db.$executeRaw`
    update plan_migration_items i set state = 'failed', problem = f.problem, updated_at = ${ctx.now}
    from unnest(${sqlArray(failed, (item) => item.id)}::uuid[], ${sqlArray(failed, (item) => item.problem)}::text[]) as f (id, problem)
    where i.tenant_id = ${ctx.tenantId}::uuid and i.id = f.id`
}

/**
 * Gives every subscription of `due` its new plan, set-based: the main item ends and another begins at the same instant, with the
 * members that the new plan's bundle includes; the item and the subscription say so. A subscription without items gets its past too.
 */
export async function applyItems(ctx: TenantContext, due: readonly DueItem[]): Promise<void> {
  if (due.length === 0) return
  await endFormerItems(ctx, due)
  await beginMainItems(ctx, due)
  await beginIncludedItems(ctx, due)
  await ctx.db.$executeRaw`
    update subscriptions s set product_id = d.product_id, price_policy = case when d.price_version_id is null then 'newest' else 'pinned' end
    from ${columnsOf(due)} where s.tenant_id = ${ctx.tenantId}::uuid and s.id = d.subscription_id`
  await ctx.db.$executeRaw`
    update plan_migration_items i set state = 'applied', updated_at = ${ctx.now}
    where i.tenant_id = ${ctx.tenantId}::uuid and i.id = any (${sqlArray(due, (item) => item.id)}::uuid[])`
}

/** What of each item the statements need, as rows named `d`. */
function columnsOf(due: readonly DueItem[]): Prisma.Sql {
  const text = (pick: (item: DueItem) => string | null) => sqlArray(due, pick)
  return Prisma.sql`unnest(${text((i) => i.subscriptionId)}::uuid[], ${text((i) => i.accountId)}::uuid[], ${text((i) => i.toProductId)}::uuid[],
    ${text((i) => i.toPriceVersionId)}::uuid[], ${text((i) => i.appliesAt.toISOString())}::timestamptz[], ${text((i) => i.quantity)}::numeric[],
    ${text((i) => i.endsAt?.toISOString() ?? null)}::timestamptz[], ${text((i) => i.startsAt.toISOString())}::timestamptz[],
    ${text((i) => i.currentProductId)}::uuid[], ${text((i) => i.mainItemId)}::uuid[], ${text(() => newId())}::uuid[], ${text(() => newId())}::uuid[])
    as d (subscription_id, account_id, product_id, price_version_id, applies_at, quantity, ends_at, starts_at, former_product_id, main_item_id,
      new_id, past_id)`
}

/** The main item and what its bundle included end where the new plan begins. */
async function endFormerItems(ctx: TenantContext, due: readonly DueItem[]): Promise<void> {
  await ctx.db.$executeRaw`
    update subscription_items o set ends_at = greatest(d.applies_at, o.starts_at)
    from ${columnsOf(due)}
    where o.tenant_id = ${ctx.tenantId}::uuid and o.subscription_id = d.subscription_id and (o.id = d.main_item_id or o.role = 'included')
      and (o.ends_at is null or o.ends_at > d.applies_at)`
}

async function beginMainItems(ctx: TenantContext, due: readonly DueItem[]): Promise<void> {
  await ctx.db.$executeRaw`
    insert into subscription_items (tenant_id, id, subscription_id, account_id, product_id, price_version_id, role, quantity, starts_at, ends_at,
      cause, created_by, created_at)
    select ${ctx.tenantId}::uuid, d.past_id, d.subscription_id, d.account_id, d.former_product_id, null, 'main', d.quantity, d.starts_at,
      d.applies_at, 'order', 'livery', ${ctx.now}::timestamptz
    from ${columnsOf(due)} where d.main_item_id is null
    union all
    select ${ctx.tenantId}::uuid, d.new_id, d.subscription_id, d.account_id, d.product_id, d.price_version_id, 'main', d.quantity, d.applies_at,
      d.ends_at, 'migration', 'plan migration', ${ctx.now}::timestamptz
    from ${columnsOf(due)}`
}

async function beginIncludedItems(ctx: TenantContext, due: readonly DueItem[]): Promise<void> {
  await ctx.db.$executeRaw`
    insert into subscription_items (tenant_id, id, subscription_id, account_id, product_id, role, quantity, starts_at, ends_at, cause, created_by,
      created_at)
    select ${ctx.tenantId}::uuid, gen_random_uuid(), d.subscription_id, d.account_id, b.member_id, 'included', b.quantity * d.quantity, d.applies_at,
      d.ends_at, 'migration', 'plan migration', ${ctx.now}::timestamptz
    from ${columnsOf(due)}
    join bundle_items b on b.tenant_id = ${ctx.tenantId}::uuid and b.bundle_id = d.product_id and b.role in ('included', 'complimentary')`
}
