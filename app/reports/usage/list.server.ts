import type { TenantContext } from '#app/db/context.server.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { offsetOf, pageSize } from '../paging.ts'
import type { UsageList, UsageListFilter, UsageRow } from './shape.ts'

type Row = Omit<UsageRow, 'publicId' | 'origin'> & { sourceTenantId: string | null; total: number }

/** The seller's usage records, newest window first. */
export async function listUsage(ctx: TenantContext, filter: UsageListFilter): Promise<UsageList> {
  const rows = await readRows(ctx, filter)
  const [facets] = await ctx.db.$queryRaw<{ meters: string[] | null; months: string[] | null }[]>`
    select array_agg(distinct u.meter order by u.meter) as meters,
      array_agg(distinct to_char(u.window_start, 'YYYY-MM') order by to_char(u.window_start, 'YYYY-MM') desc) as months
    from usage_records u where u.tenant_id = ${ctx.tenantId}::uuid`
  const accounts = await ctx.db.account.findMany({
    where: { tenantId: ctx.tenantId },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
    take: 500,
  })
  return {
    rows: rows.map(({ sourceTenantId, total: _total, ...row }) => ({
      ...row,
      publicId: toPublicId('usage', row.id),
      origin: sourceTenantId ? 'handed-down' : 'measured',
    })),
    total: rows[0]?.total ?? 0,
    page: filter.page,
    pageSize,
    hasAny: (facets?.meters?.length ?? 0) > 0,
    meters: facets?.meters ?? [],
    months: facets?.months ?? [],
    accounts,
  }
}

async function readRows(ctx: TenantContext, filter: UsageListFilter): Promise<Row[]> {
  const { accountId = null, meter = null, month = null } = filter
  return ctx.db.$queryRaw<Row[]>`
    select u.id, u.window_start as "windowStart", u.window_end as "windowEnd", u.account_id as "accountId", a.name as "accountName",
      u.resource_name as "resourceName", u.meter, trim_scale(u.quantity)::text as quantity, u.unit, u.source_tenant_id as "sourceTenantId",
      exists (select 1 from charges c where c.tenant_id = u.tenant_id and c.usage_record_id = u.id) as "isRated",
      count(*) over ()::int as total
    from usage_records u join accounts a on a.tenant_id = u.tenant_id and a.id = u.account_id
    where u.tenant_id = ${ctx.tenantId}::uuid
      and (${accountId}::uuid is null or u.account_id = ${accountId}::uuid)
      and (${meter}::text is null or u.meter = ${meter})
      and (${month}::text is null or (u.window_start >= (${month} || '-01')::date and u.window_start < (${month} || '-01')::date + interval '1 month'))
    order by u.window_start desc, u.id desc
    limit ${pageSize} offset ${offsetOf(filter.page)}`
}
