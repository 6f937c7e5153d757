import type { TenantContext } from '#app/db/context.server.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { offsetOf, pageSize } from '../paging.ts'
import type {
  MigrationCounts,
  MigrationDetail,
  MigrationFilter,
  MigrationItemState,
  MigrationListItem,
  MigrationSubscriber,
  MigrationTotal,
  PlanOption,
  VersionOption,
} from './shape.ts'

type HeadRow = MigrationListItem & Pick<MigrationDetail, 'createdBy' | 'notifiedAt' | 'appliedAt'>

/** Migrations of the tenant, newest first, at most 200. */
export function listMigrations(ctx: TenantContext): Promise<MigrationListItem[]> {
  return readHeads(ctx, null)
}

/** One migration with a page of its subscribers; undefined when the tenant has none such. */
export async function readMigration(ctx: TenantContext, id: string, filter: MigrationFilter): Promise<MigrationDetail | undefined> {
  const [head] = await readHeads(ctx, id)
  if (!head) return undefined
  const { rows, total } = await readSubscriberPage(ctx, id, filter)
  const counts = await readCounts(ctx, id)
  return { ...head, counts, totals: await readTotals(ctx, id), subscribers: rows, total, page: filter.page, pageSize }
}

function readHeads(ctx: TenantContext, id: string | null): Promise<HeadRow[]> {
  return ctx.db.$queryRaw<HeadRow[]>`
    select p.id, p.name, f.name as "fromPlan", n.name as "toPlan", p.applies, p.effective_at as "effectiveAt", p.state,
      p.created_at as "createdAt", p.notified_at as "notifiedAt", p.applied_at as "appliedAt", coalesce(u.name, p.created_by) as "createdBy",
      (select count(*)::int from plan_migration_items i where i.tenant_id = p.tenant_id and i.plan_migration_id = p.id
        and i.state in ('selected', 'scheduled', 'applied')) as moving
    from plan_migrations p
    join products f on f.tenant_id = p.tenant_id and f.id = p.from_product_id
    join products n on n.tenant_id = p.tenant_id and n.id = p.to_product_id
    left join users u on u.tenant_id = p.tenant_id and u.id::text = p.created_by
    where p.tenant_id = ${ctx.tenantId}::uuid and (${id}::uuid is null or p.id = ${id}::uuid)
    order by p.created_at desc, p.id desc limit 200`
}

type SubscriberRow = Omit<MigrationSubscriber, 'current' | 'next' | 'difference'> & {
  currency: string
  currentMinor: bigint
  nextMinor: bigint
  count: number
}

async function readSubscriberPage(ctx: TenantContext, id: string, filter: MigrationFilter) {
  const { text = null, state = null } = filter
  const rows = await ctx.db.$queryRaw<SubscriberRow[]>`
    select i.id, i.account_id as "accountId", a.name as "accountName", s.name as subscription, i.currency, i.current_minor as "currentMinor",
      i.next_minor as "nextMinor", i.applies_at as "appliesAt", i.state, i.problem, count(*) over ()::int as count
    from plan_migration_items i
    join accounts a on a.tenant_id = i.tenant_id and a.id = i.account_id
    join subscriptions s on s.tenant_id = i.tenant_id and s.id = i.subscription_id
    where i.tenant_id = ${ctx.tenantId}::uuid and i.plan_migration_id = ${id}::uuid and (${state}::text is null or i.state = ${state})
      and (${text}::text is null or position(lower(${text}) in lower(a.name || ' ' || s.name)) > 0)
    order by a.name, s.name, i.id limit ${pageSize} offset ${offsetOf(filter.page)}`
  return {
    total: rows[0]?.count ?? 0,
    rows: rows.map(({ count: _count, currency, currentMinor, nextMinor, ...row }) => ({
      ...row,
      ...difference(currency, currentMinor, nextMinor),
    })),
  }
}

function difference(currency: string, current: bigint, next: bigint): { current: Money; next: Money; difference: Money } {
  return { current: money(current, currency), next: money(next, currency), difference: money(next - current, currency) }
}

const none: MigrationCounts = { selected: 0, excluded: 0, scheduled: 0, applied: 0, undone: 0, failed: 0 }

async function readCounts(ctx: TenantContext, id: string): Promise<MigrationCounts> {
  const rows = await ctx.db.$queryRaw<{ state: MigrationItemState; count: number }[]>`
    select state, count(*)::int as count from plan_migration_items
    where tenant_id = ${ctx.tenantId}::uuid and plan_migration_id = ${id}::uuid group by state`
  return { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) }
}

async function readTotals(ctx: TenantContext, id: string): Promise<MigrationTotal[]> {
  const rows = await ctx.db.$queryRaw<{ currency: string; current: string; next: string }[]>`
    select currency, sum(current_minor)::text as current, sum(next_minor)::text as next from plan_migration_items
    where tenant_id = ${ctx.tenantId}::uuid and plan_migration_id = ${id}::uuid and state in ('selected', 'scheduled', 'applied')
    group by currency order by currency`
  return rows.map(({ currency, current, next }) => ({ currency, ...difference(currency, BigInt(current), BigInt(next)) }))
}

/** Plans to move from and to, with how many subscriptions run on each. */
export function migrationPlans(ctx: TenantContext): Promise<PlanOption[]> {
  return ctx.db.$queryRaw<PlanOption[]>`
    select p.id, p.name, (select count(*)::int from subscriptions s
      where s.tenant_id = p.tenant_id and s.product_id = p.id and s.state = 'active') as subscribers
    from products p where p.tenant_id = ${ctx.tenantId}::uuid order by p.position, p.code limit 1000`
}

/** Versions that are not withdrawn, newest first, at most 200. */
export function migrationVersions(ctx: TenantContext): Promise<VersionOption[]> {
  return ctx.db.$queryRaw<VersionOption[]>`
    select v.id, b.name as "bookName", v.number, v.valid_from as "validFrom"
    from price_versions v join price_books b on b.tenant_id = v.tenant_id and b.id = v.price_book_id
    where v.tenant_id = ${ctx.tenantId}::uuid and v.withdrawn_at is null
    order by b.name, v.valid_from desc, v.number desc limit 200`
}
