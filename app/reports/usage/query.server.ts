import type { TenantContext } from '#app/db/context.server.ts'
import { type Page, type PageQuery, pageBounds, toPage } from '../page.ts'
import type { UsageDay, UsageDetail, UsageFilter, UsageRow, UsageTotal } from './shape.ts'

const beginning = new Date('2000-01-01T00:00:00Z')
const end = new Date('2100-01-01T00:00:00Z')

/** Usage records, newest first, as far as the scope sees them. */
export async function listUsage(ctx: TenantContext, filter: UsageFilter & PageQuery): Promise<Page<UsageRow>> {
  const { before, limit, take } = pageBounds(filter)
  const rows = await ctx.db.$queryRaw<UsageRow[]>`
    select u.id, u.account_id as "accountId", a.name as "accountName", u.meter, u.unit, trim_scale(u.quantity)::text as quantity,
      u.window_start as "windowStart", u.window_end as "windowEnd", u.resource_name as "resourceName",
      u.supersedes_id is not null as "isCorrection"
    from usage_records u join accounts a on a.tenant_id = u.tenant_id and a.id = u.account_id
    where u.tenant_id = ${ctx.tenantId}::uuid and u.id < ${before}::uuid
      and (${filter.accountId ?? null}::uuid is null or u.account_id = ${filter.accountId ?? null}::uuid)
      and (${filter.meter ?? null}::text is null or u.meter = ${filter.meter ?? null})
      and u.window_start >= ${filter.from ?? beginning} and u.window_start < ${filter.to ?? end}
    order by u.id desc
    limit ${take}`
  return toPage(rows, limit)
}

/** What each meter adds up to; superseded records do not count. Meters that are read at a moment give their greatest sample. */
export async function totalUsage(ctx: TenantContext, filter: UsageFilter): Promise<UsageTotal[]> {
  return ctx.db.$queryRaw<UsageTotal[]>`
    select u.meter, u.unit, trim_scale(case when u.meter = 'bucket' then max(u.quantity) else sum(u.quantity) end)::text as quantity,
      count(*)::int as records
    from usage_records u
    where u.tenant_id = ${ctx.tenantId}::uuid
      and (${filter.accountId ?? null}::uuid is null or u.account_id = ${filter.accountId ?? null}::uuid)
      and u.window_start >= ${filter.from ?? beginning} and u.window_start < ${filter.to ?? end}
      and not exists (select 1 from usage_records n where n.tenant_id = u.tenant_id and n.supersedes_id = u.id)
    group by u.meter, u.unit
    order by u.meter`
}

/** One meter by local day of `zone`, in order. */
export async function usageByDay(ctx: TenantContext, filter: UsageFilter & { readonly meter: string; readonly zone: string }): Promise<UsageDay[]> {
  return ctx.db.$queryRaw<UsageDay[]>`
    select (u.window_start at time zone ${filter.zone})::date::text as day, trim_scale(sum(u.quantity))::text as quantity
    from usage_records u
    where u.tenant_id = ${ctx.tenantId}::uuid and u.meter = ${filter.meter}
      and (${filter.accountId ?? null}::uuid is null or u.account_id = ${filter.accountId ?? null}::uuid)
      and u.window_start >= ${filter.from ?? beginning} and u.window_start < ${filter.to ?? end}
      and not exists (select 1 from usage_records n where n.tenant_id = u.tenant_id and n.supersedes_id = u.id)
    group by 1
    order by 1`
}

/** One record with its charges and the cloud record it came from; null when the scope has none such. */
export async function readUsage(ctx: TenantContext, id: string): Promise<UsageDetail | null> {
  const [row] = await ctx.db.$queryRaw<(UsageRow & { dimensions: Record<string, string>; raw: unknown })[]>`
    select u.id, u.account_id as "accountId", a.name as "accountName", u.meter, u.unit, trim_scale(u.quantity)::text as quantity,
      u.window_start as "windowStart", u.window_end as "windowEnd", u.resource_name as "resourceName",
      u.supersedes_id is not null as "isCorrection", u.dimensions, r.payload as raw
    from usage_records u join accounts a on a.tenant_id = u.tenant_id and a.id = u.account_id
    left join raw_usage r on r.tenant_id = u.tenant_id and r.id = u.raw_usage_id and r.window_start = u.window_start
    where u.tenant_id = ${ctx.tenantId}::uuid and u.id = ${id}::uuid`
  if (!row) return null
  const charges = await ctx.db.$queryRaw<UsageDetail['charges'][number][]>`
    select c.id, trim_scale(c.amount)::text as amount, c.currency, trim_scale(c.unit_price)::text as "unitPrice",
      trim_scale(c.included_quantity)::text as "includedQuantity", trim_scale(c.billed_quantity)::text as "billedQuantity"
    from charges c
    where c.tenant_id = ${ctx.tenantId}::uuid and c.usage_record_id = ${id}::uuid
    order by c.id`
  return { ...row, charges }
}
