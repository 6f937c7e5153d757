import { Decimal } from '#app/domain/money/decimal.ts'
import type { CloudOwner } from '#app/domain/usage/mediation-input.ts'
import type { Unit } from '#app/domain/usage/units.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'

/** Usage as it crosses a level: what was used, when and by what; never what it cost. */
export type HandedDownUsage = {
  readonly id: string
  readonly cloudRef: string
  readonly meter: string
  readonly unit: Unit
  readonly quantity: Decimal
  readonly windowStart: Date
  readonly windowEnd: Date
  readonly resourceRef: string | null
  readonly resourceName: string | null
  readonly supersedesId: string | null
  readonly isReplaced: boolean
  readonly cloudOwner: CloudOwner
  readonly dimensions: Readonly<Record<string, string>>
}

type Row = Omit<HandedDownUsage, 'quantity'> & { quantity: string }

const columns = Prisma.sql`u.id, u.cloud_ref as "cloudRef", u.meter, u.unit, u.quantity::text as quantity, u.window_start as "windowStart",
  u.window_end as "windowEnd", u.resource_ref as "resourceRef", u.resource_name as "resourceName", u.supersedes_id as "supersedesId",
  coalesce(n.found, false) as "isReplaced", u.owner as "cloudOwner", u.dimensions`

const replacement = Prisma.sql`left join lateral (
  select true as found from usage_records n where n.tenant_id = u.tenant_id and n.supersedes_id = u.id limit 1
) n on true`

export type HandDownQuery = { readonly batchId: string; readonly childTenantId: string; readonly afterId: string; readonly limit: number }

/** Usage of the batch that belongs to the account of `childTenantId`, in order of id after `afterId`. */
export async function readUsageToHandDown(ctx: TenantContext, query: HandDownQuery): Promise<HandedDownUsage[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select ${columns}
    from usage_records u ${replacement}
    where u.tenant_id = ${ctx.tenantId}::uuid and u.batch_id = ${query.batchId}::uuid and u.id > ${query.afterId}::uuid
      and u.account_id = any (array(select a.id from accounts a where a.tenant_id = ${ctx.tenantId}::uuid and a.child_tenant_id = ${query.childTenantId}::uuid))
    order by u.id
    limit ${query.limit}`
  return rows.map(toHandedDown)
}

/** The records that those of `usageIds` replace, and those that these replace, back to the first; oldest first. */
export async function readEarlierUsage(ctx: TenantContext, usageIds: readonly string[]): Promise<HandedDownUsage[]> {
  if (usageIds.length === 0) return []
  const rows = await ctx.db.$queryRaw<Row[]>`
    with recursive line as (
      select s.supersedes_id as id from usage_records s where s.tenant_id = ${ctx.tenantId}::uuid and s.id = any (${usageIds}::uuid[])
      union
      select s.supersedes_id from line l join usage_records s on s.tenant_id = ${ctx.tenantId}::uuid and s.id = l.id
    )
    select ${columns}
    from line l join usage_records u on u.tenant_id = ${ctx.tenantId}::uuid and u.id = l.id ${replacement}
    order by u.id`
  return rows.map(toHandedDown)
}

/** For each of `usageIds` that was replaced, every record that took its place since. */
export async function readLaterUsage(ctx: TenantContext, usageIds: readonly string[]): Promise<Map<string, string[]>> {
  if (usageIds.length === 0) return new Map()
  const rows = await ctx.db.$queryRaw<{ id: string; later: string[] }[]>`
    with recursive line as (
      select n.supersedes_id as id, n.id as later
      from usage_records n where n.tenant_id = ${ctx.tenantId}::uuid and n.supersedes_id = any (${usageIds}::uuid[])
      union
      select l.id, n.id from line l join usage_records n on n.tenant_id = ${ctx.tenantId}::uuid and n.supersedes_id = l.later
    )
    select id, array_agg(later) as later from line group by id`
  return new Map(rows.map((row) => [row.id, row.later]))
}

function toHandedDown(row: Row): HandedDownUsage {
  return { ...row, quantity: new Decimal(row.quantity) }
}

/** The child tenants that usage of the batch must be handed down to. */
export async function readChildTenants(ctx: TenantContext, batchId: string): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ childTenantId: string }[]>`
    select a.child_tenant_id as "childTenantId"
    from (select distinct account_id from usage_records where tenant_id = ${ctx.tenantId}::uuid and batch_id = ${batchId}::uuid) u
    join accounts a on a.tenant_id = ${ctx.tenantId}::uuid and a.id = u.account_id
    where a.child_tenant_id is not null
    order by a.id`
  return rows.map((row) => row.childTenantId)
}
