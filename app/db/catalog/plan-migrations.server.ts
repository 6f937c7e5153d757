import { Decimal } from '#app/domain/money/decimal.ts'
import type { Money } from '#app/domain/money/money.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** A running subscription as a change of its price sees it: what it has now, under which contract. */
export type Subscriber = {
  readonly subscriptionId: string
  readonly name: string
  readonly accountId: string
  readonly accountName: string
  readonly contractId: string
  readonly priceBookId: string
  readonly currency: string
  readonly billingAnchor: 'calendar' | 'anniversary'
  readonly billingDay: number
  readonly zone: string
  readonly startedAt: Date
  readonly isPinned: boolean
  readonly productId: string
  readonly proration: string | null
  readonly quantity: Decimal
  /** The version its main item pins; null when it takes the newest. */
  readonly priceVersionId: string | null
}

export type SubscriberPage = {
  readonly productId?: string | null
  readonly contractIds?: readonly string[] | null
  readonly afterId: string | null
  readonly limit: number
}

type SubscriberRow = Omit<Subscriber, 'quantity'> & { quantity: string }

/** Running subscriptions in order of id after `afterId`, of one product or of some contracts when these are named. */
export async function readSubscribers(ctx: TenantContext, page: SubscriberPage): Promise<Subscriber[]> {
  const { productId = null, contractIds = null } = page
  const rows = await ctx.db.$queryRaw<SubscriberRow[]>`
    select s.id as "subscriptionId", s.name, s.account_id as "accountId", a.name as "accountName", s.contract_id as "contractId",
      c.price_book_id as "priceBookId", c.currency, coalesce(s.billing_anchor, c.billing_anchor) as "billingAnchor",
      c.billing_day as "billingDay", t.time_zone as zone, s.started_at as "startedAt", s.price_policy = 'pinned' as "isPinned",
      coalesce(i.product_id, s.product_id) as "productId", p.spec ->> 'proration' as proration,
      coalesce(i.quantity, s.quantity)::text as quantity, i.price_version_id as "priceVersionId"
    from subscriptions s
    join accounts a on a.tenant_id = s.tenant_id and a.id = s.account_id
    join contracts c on c.tenant_id = s.tenant_id and c.id = s.contract_id
    join tenants t on t.tenant_id = s.tenant_id
    left join lateral (
      select m.product_id, m.quantity, m.price_version_id from subscription_items m
      where m.tenant_id = s.tenant_id and m.subscription_id = s.id and m.role = 'main' and (m.ends_at is null or m.ends_at > ${ctx.now})
      order by m.starts_at desc limit 1
    ) i on true
    join products p on p.tenant_id = s.tenant_id and p.id = coalesce(i.product_id, s.product_id)
    where s.tenant_id = ${ctx.tenantId}::uuid and s.state = 'active'
      and (${productId}::uuid is null or coalesce(i.product_id, s.product_id) = ${productId}::uuid)
      and (${contractIds}::uuid[] is null or s.contract_id = any (${contractIds}::uuid[]))
      and (${page.afterId}::uuid is null or s.id > ${page.afterId}::uuid)
    order by s.id limit ${page.limit}`
  return rows.map((row) => ({ ...row, quantity: new Decimal(row.quantity) }))
}

export type MigrationTiming = 'now' | 'renewal' | 'date'
export type MigrationState = 'draft' | 'notified' | 'scheduled' | 'applied' | 'undone'

export type PlanMigrationRow = {
  readonly id: string
  readonly name: string
  readonly fromProductId: string
  readonly fromPriceVersionId: string | null
  readonly toProductId: string
  readonly toPriceVersionId: string | null
  readonly applies: MigrationTiming
  readonly effectiveAt: Date | null
  readonly state: MigrationState
  readonly notifiedAt: Date | null
}

export type NewPlanMigration = Omit<PlanMigrationRow, 'id' | 'state' | 'notifiedAt'>

/** Opens a migration as a draft. Returns its id. */
export async function insertMigration(ctx: TenantContext, migration: NewPlanMigration): Promise<string> {
  const id = newId()
  const createdBy = actorName(ctx.actor)
  await ctx.db.planMigration.createMany({
    data: [{ tenantId: ctx.tenantId, id, ...migration, state: 'draft', createdBy, createdAt: ctx.now }],
  })
  return id
}

/** A migration, held against anybody who moves it at the same time; undefined when the tenant has none such. */
export async function lockMigration(ctx: TenantContext, id: string): Promise<PlanMigrationRow | undefined> {
  const [row] = await ctx.db.$queryRaw<PlanMigrationRow[]>`
    select id, name, from_product_id as "fromProductId", from_price_version_id as "fromPriceVersionId", to_product_id as "toProductId",
      to_price_version_id as "toPriceVersionId", applies, effective_at as "effectiveAt", state, notified_at as "notifiedAt"
    from plan_migrations where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid for update`
  return row
}

/** Moves a migration on; `appliedAt` and `notifiedAt` are set with the states they belong to. */
export async function moveMigration(ctx: TenantContext, id: string, state: MigrationState): Promise<void> {
  await ctx.db.$executeRaw`
    update plan_migrations set state = ${state},
      notified_at = case when ${state} = 'notified' then ${ctx.now}::timestamptz else notified_at end,
      applied_at = case when ${state} = 'applied' then ${ctx.now}::timestamptz else applied_at end
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
}

/** One subscription of a migration. Amounts are a whole month before tax. */
export type NewMigrationItem = {
  readonly subscriptionId: string
  readonly accountId: string
  readonly current: Money
  readonly next: Money
  readonly appliesAt: Date | null
  /** Why it is left out from the start; null when it is selected. */
  readonly problem: string | null
}

/** Adds subscriptions to a migration in one statement: selected, or left out with their problem. */
export async function insertMigrationItems(ctx: TenantContext, migrationId: string, items: readonly NewMigrationItem[]): Promise<void> {
  if (items.length === 0) return
  const text = (pick: (item: NewMigrationItem) => string | null) => sqlArray(items, pick)
  await ctx.db.$executeRaw`
    insert into plan_migration_items (tenant_id, plan_migration_id, updated_at, id, subscription_id, account_id, current_minor, next_minor,
      currency, applies_at, problem, state)
    select ${ctx.tenantId}::uuid, ${migrationId}::uuid, ${ctx.now}, i.*, case when i.problem is null then 'selected' else 'excluded' end
    from unnest(${text(() => newId())}::uuid[], ${text((i) => i.subscriptionId)}::uuid[], ${text((i) => i.accountId)}::uuid[],
      ${text((i) => String(i.current.minor))}::bigint[], ${text((i) => String(i.next.minor))}::bigint[],
      ${text((i) => i.current.currency)}::text[], ${text((i) => i.appliesAt?.toISOString() ?? null)}::timestamptz[],
      ${text((i) => i.problem)}::text[])
      as i (id, subscription_id, account_id, current_minor, next_minor, currency, applies_at, problem)`
}

/** Which of `subscriptionIds` wait for another change of their plan: of their own, or of another migration. */
export async function busySubscriptions(ctx: TenantContext, subscriptionIds: readonly string[]): Promise<Set<string>> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select c.subscription_id as id from subscription_changes c
    where c.tenant_id = ${ctx.tenantId}::uuid and c.subscription_id = any (${subscriptionIds}::uuid[]) and c.state = 'scheduled'
    union
    select i.subscription_id from plan_migration_items i
    where i.tenant_id = ${ctx.tenantId}::uuid and i.subscription_id = any (${subscriptionIds}::uuid[]) and i.state = 'scheduled'`
  return new Set(rows.map((row) => row.id))
}

export type Selection = { readonly itemIds: readonly string[] | null; readonly isSelected: boolean }

/** Selects or leaves out `itemIds`, or all when null. One with a problem stays out. Returns how many changed. */
export function selectMigrationItems(ctx: TenantContext, migrationId: string, { itemIds, isSelected }: Selection): Promise<number> {
  const [from, to] = isSelected ? ['excluded', 'selected'] : ['selected', 'excluded']
  return ctx.db.$executeRaw`
    update plan_migration_items set state = ${to}, updated_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and plan_migration_id = ${migrationId}::uuid and state = ${from} and problem is null
      and (${itemIds === null} or id = any (${itemIds ?? []}::uuid[]))`
}

/** Fixes when each selected item applies. Returns how many there are. */
export function scheduleMigrationItems(
  ctx: TenantContext,
  migrationId: string,
  items: readonly { readonly id: string; readonly appliesAt: Date }[],
): Promise<number> {
  return ctx.db.$executeRaw`
    update plan_migration_items i set state = 'scheduled', applies_at = n.applies_at, updated_at = ${ctx.now}
    from unnest(${sqlArray(items, (item) => item.id)}::uuid[], ${sqlArray(items, (item) => item.appliesAt.toISOString())}::timestamptz[])
      as n (id, applies_at)
    where i.tenant_id = ${ctx.tenantId}::uuid and i.plan_migration_id = ${migrationId}::uuid and i.id = n.id and i.state = 'selected'`
}

/** Takes everything back that is not applied. Returns how many subscriptions stay as they are by that. */
export function undoMigrationItems(ctx: TenantContext, migrationId: string): Promise<number> {
  return ctx.db.$executeRaw`
    update plan_migration_items set state = 'undone', updated_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and plan_migration_id = ${migrationId}::uuid and state in ('selected', 'excluded', 'scheduled')`
}

/** The cycle facts of the selected items, in order of id after `afterId`. */
export function selectedItems(
  ctx: TenantContext,
  migrationId: string,
  page: { readonly afterId: string | null; readonly limit: number },
): Promise<
  (Pick<Subscriber, 'billingAnchor' | 'billingDay' | 'zone' | 'startedAt'> & { readonly id: string; readonly endsAt: Date | null })[]
> {
  return ctx.db.$queryRaw`
    select i.id, coalesce(s.billing_anchor, c.billing_anchor) as "billingAnchor", c.billing_day as "billingDay", t.time_zone as zone,
      s.started_at as "startedAt", s.ends_at as "endsAt"
    from plan_migration_items i
    join subscriptions s on s.tenant_id = i.tenant_id and s.id = i.subscription_id
    join contracts c on c.tenant_id = s.tenant_id and c.id = s.contract_id
    join tenants t on t.tenant_id = s.tenant_id
    where i.tenant_id = ${ctx.tenantId}::uuid and i.plan_migration_id = ${migrationId}::uuid and i.state = 'selected'
      and (${page.afterId}::uuid is null or i.id > ${page.afterId}::uuid)
    order by i.id limit ${page.limit}`
}

/** Notes every scheduled migration of which nothing waits any more as applied. */
export async function finishMigrations(ctx: TenantContext): Promise<void> {
  await ctx.db.$executeRaw`
    update plan_migrations p set state = 'applied', applied_at = ${ctx.now}
    where p.tenant_id = ${ctx.tenantId}::uuid and p.state = 'scheduled' and not exists (
      select 1 from plan_migration_items i where i.tenant_id = p.tenant_id and i.plan_migration_id = p.id and i.state = 'scheduled')`
}

/** What a customer is told of one item. */
export type NoticeRow = {
  readonly itemId: string
  readonly subscriptionId: string
  readonly subscription: string
  readonly name: string
  readonly email: string
  readonly language: string
  /** Names by language tag. */
  readonly fromPlan: Readonly<Record<string, string>>
  readonly toPlan: Readonly<Record<string, string>>
  readonly currentMinor: bigint
  readonly nextMinor: bigint
  readonly currency: string
  readonly appliesAt: Date | null
}

/** Selected or scheduled items with their buyers, in order of id after `afterId`. */
export function migrationNotices(
  ctx: TenantContext,
  page: { readonly migrationId: string; readonly afterId: string | null; readonly limit: number },
): Promise<NoticeRow[]> {
  return ctx.db.$queryRaw<NoticeRow[]>`
    select i.id as "itemId", i.subscription_id as "subscriptionId", s.name as subscription, a.name, a.email, a.language,
      f.name as "fromPlan", n.name as "toPlan", i.current_minor as "currentMinor", i.next_minor as "nextMinor", i.currency,
      i.applies_at as "appliesAt"
    from plan_migration_items i
    join plan_migrations p on p.tenant_id = i.tenant_id and p.id = i.plan_migration_id
    join subscriptions s on s.tenant_id = i.tenant_id and s.id = i.subscription_id
    join accounts a on a.tenant_id = i.tenant_id and a.id = i.account_id
    join products f on f.tenant_id = p.tenant_id and f.id = p.from_product_id
    join products n on n.tenant_id = p.tenant_id and n.id = p.to_product_id
    where i.tenant_id = ${ctx.tenantId}::uuid and i.plan_migration_id = ${page.migrationId}::uuid and i.state in ('selected', 'scheduled')
      and (${page.afterId}::uuid is null or i.id > ${page.afterId}::uuid)
    order by i.id limit ${page.limit}`
}
