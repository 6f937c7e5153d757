import { placeName } from '#app/db/cloud/place-name.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { possibleActions } from '#app/domain/cloud/server-actions.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal } from '#app/domain/money/money.ts'
import type { Tag } from '#app/domain/project/tags.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { offsetOf, pageSize } from '../paging.ts'
import { sellerMonth } from '../seller-month.server.ts'
import type {
  PendingAction,
  ServerActivity,
  ServerCharge,
  ServerDetail,
  ServerList,
  ServerListFilter,
  ServerRow,
  ServerState,
} from './shape.ts'

type Row = {
  id: string
  name: string
  state: ServerState
  address: string | null
  location: string
  createdAt: Date
  pendingAction: PendingAction | null
  isManaged: boolean
  subscriptionId: string | null
  planName: Record<string, string> | null
  planSpec: Record<string, unknown> | null
  spec: Record<string, unknown>
  accountName: string
  projectName: string | null
  currency: string
  amount: string
  recurring: string | null
  hourly: string | null
  cap: string | null
  total: number
}

type Ask = {
  readonly id: string | null
  readonly accountId: string | null
  readonly state: string | null
  readonly search: string | null
  readonly projectId: string | null
  readonly tag: Tag | null
  readonly ids: readonly string[] | null
  readonly offset: number
}

/** Servers as far as the scope sees them, newest first; deleted ones only when asked for. */
export async function listServers(ctx: TenantContext, filter: ServerListFilter): Promise<ServerList> {
  const search = filter.search ? `%${filter.search.replaceAll(/[%_\\]/g, '\\$&')}%` : null
  const rows = await readRows(ctx, {
    id: null,
    accountId: filter.accountId ?? null,
    state: filter.state ?? null,
    search,
    projectId: filter.projectId ?? null,
    tag: filter.tag ?? null,
    ids: filter.ids ?? null,
    offset: offsetOf(filter.page),
  })
  const hasAny =
    rows.length > 0 ||
    (await ctx.db.resource.count({ where: { tenantId: ctx.tenantId, kind: 'server', state: { not: 'deleted' } }, take: 1 })) > 0
  return { rows: rows.map((row) => toRow(row, filter.language)), total: rows[0]?.total ?? 0, page: filter.page, pageSize, hasAny }
}

/** One server with its charges of the month and what happened to it; null when the scope has none such. */
export async function readServer(ctx: TenantContext, id: string, language: string): Promise<ServerDetail | null> {
  const [row] = await readRows(ctx, { id, accountId: null, state: null, search: null, projectId: null, tag: null, ids: null, offset: 0 })
  if (!row) return null
  const size = (name: string) => Number(row.planSpec?.[name] ?? 0)
  return {
    ...toRow(row, language),
    image: String(row.spec.image ?? ''),
    cpuNumber: size('cpuNumber'),
    memoryMib: size('memoryMib'),
    diskGib: size('diskGib'),
    hourly: row.hourly,
    activity: await readActivity(ctx, id),
    charges: await readCharges(ctx, id),
    accountName: row.accountName,
    subscriptionId: row.subscriptionId,
  }
}

function toRow(row: Row, language: string): ServerRow {
  const cap = row.cap ?? row.recurring
  return {
    id: row.id,
    publicId: toPublicId('resource', row.id),
    name: row.name,
    state: row.state,
    address: row.address,
    planName: row.planName?.[language] ?? row.planName?.en ?? Object.values(row.planName ?? {})[0] ?? '',
    location: row.location,
    projectName: row.projectName,
    costSoFar: fromDecimal(new Decimal(row.amount), row.currency),
    monthlyCap: cap === null ? null : fromDecimal(new Decimal(cap), row.currency),
    createdAt: row.createdAt,
    isManaged: row.isManaged,
    pendingAction: row.pendingAction,
    actions: possibleActions(row),
  }
}

async function readRows(ctx: TenantContext, ask: Ask): Promise<Row[]> {
  const { month } = await sellerMonth(ctx)
  return ctx.db.$queryRaw<Row[]>`
    select r.id, r.name, r.state, r.address, ${placeName} as location, r.created_at as "createdAt", r.pending_action as "pendingAction", r.is_managed as "isManaged", r.subscription_id as "subscriptionId", r.spec,
      p.name as "planName", p.spec as "planSpec", a.name as "accountName",
      coalesce(k.currency, t.currency) as currency, coalesce(cost.amount, 0)::text as amount,
      project.name as "projectName", price.recurring, price.hourly, price.cap, count(*) over ()::int as total
    from resources r
    join tenants t on t.tenant_id = r.tenant_id
    join accounts a on a.tenant_id = r.tenant_id and a.id = r.account_id
    left join subscriptions s on s.tenant_id = r.tenant_id and s.id = r.subscription_id
    left join products p on p.tenant_id = s.tenant_id and p.id = s.product_id
    left join contracts k on k.tenant_id = s.tenant_id and k.id = s.contract_id
    left join project_resources place on place.tenant_id = r.tenant_id and place.resource_id = r.id and place.ends_at is null
    left join projects project on project.tenant_id = place.tenant_id and project.id = place.project_id
    left join lateral (
      select sum(c.amount) as amount from charges c
      where c.tenant_id = r.tenant_id and c.subscription_id = r.subscription_id and c.period_start >= ${month.start} and c.period_start < ${month.end}
    ) cost on true
    left join lateral (
      select max(trim_scale(u.unit_price)) filter (where u.fee_kind = 'recurring')::text as recurring,
        max(trim_scale(u.unit_price)) filter (where u.meter in ('server.running', 'server.allocated') and u.unit_price > 0)::text as hourly,
        max(trim_scale(u.cap)) filter (where u.meter in ('server.running', 'server.allocated'))::text as cap
      from price_rules u join price_versions v on v.tenant_id = u.tenant_id and v.id = u.price_version_id
      where u.tenant_id = r.tenant_id and u.product_id = p.id and v.price_book_id = k.price_book_id
        and v.valid_from <= ${ctx.now} and (v.valid_to is null or v.valid_to > ${ctx.now})
    ) price on true
    where r.tenant_id = ${ctx.tenantId}::uuid and r.kind = 'server'
      and (${ask.id}::uuid is null or r.id = ${ask.id}::uuid)
      and (${ask.ids ? [...ask.ids] : null}::uuid[] is null or r.id = any (${ask.ids ? [...ask.ids] : null}::uuid[]))
      and (${ask.accountId}::uuid is null or r.account_id = ${ask.accountId}::uuid)
      and (${ask.id}::uuid is not null or r.state = coalesce(${ask.state}::text, r.state) and (${ask.state}::text is not null or r.state <> 'deleted'))
      and (${ask.search}::text is null or r.name ilike ${ask.search} or r.address ilike ${ask.search})
      and (${ask.projectId}::text is null or coalesce(project.id::text, 'none') = ${ask.projectId})
      and (${ask.tag?.key ?? null}::text is null or exists (
        select from resource_tags g where g.tenant_id = r.tenant_id and g.resource_id = r.id and g.ends_at is null
          and g.key = ${ask.tag?.key ?? null} and g.value = ${ask.tag?.value ?? null}))
    order by r.id desc
    limit ${Math.max(pageSize, ask.ids?.length ?? 0)} offset ${ask.offset}`
}

async function readActivity(ctx: TenantContext, id: string): Promise<ServerActivity[]> {
  const events = await ctx.db.resourceEvent.findMany({
    where: { tenantId: ctx.tenantId, resourceId: id },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: 50,
  })
  return events.map(({ id: eventId, at, action, userName }) => ({
    id: eventId,
    at,
    action: action as ServerActivity['action'],
    by: userName,
  }))
}

async function readCharges(ctx: TenantContext, id: string): Promise<ServerCharge[]> {
  const { month } = await sellerMonth(ctx)
  const rows = await ctx.db.$queryRaw<(Omit<ServerCharge, 'amount'> & { amount: string; currency: string })[]>`
    select min(c.id::text) as id, coalesce(c.meter, c.fee_kind) as meter, trim_scale(sum(c.quantity))::text as quantity, c.unit,
      trim_scale(c.unit_price)::text as "unitPrice", sum(c.amount)::text as amount, c.currency
    from charges c join resources r on r.tenant_id = c.tenant_id and r.subscription_id = c.subscription_id
    where c.tenant_id = ${ctx.tenantId}::uuid and r.id = ${id}::uuid and c.period_start >= ${month.start} and c.period_start < ${month.end}
    group by coalesce(c.meter, c.fee_kind), c.unit, c.unit_price, c.currency
    order by 2`
  return rows.map(({ amount, currency, ...row }) => ({ ...row, amount: fromDecimal(new Decimal(amount), currency) }))
}
