import type { TenantContext } from '#app/db/context.server.ts'
import { offsetOf, pageSize } from '../paging.ts'
import type { QuarantineFilter, QuarantineList, QuarantineRow } from './shape.ts'

type Row = Omit<QuarantineRow, 'payload'> & { payload: unknown; total: number }

/** Usage that was set aside and waits for somebody, newest first, with how many cases each reason has. */
export async function listQuarantine(ctx: TenantContext, filter: QuarantineFilter): Promise<QuarantineList> {
  const { reason = null } = filter
  const rows = await ctx.db.$queryRaw<Row[]>`
    select q.id, q.reason, q.created_at as "receivedAt", q.window_start as "windowStart", coalesce(r.window_end, u.window_end) as "windowEnd",
      coalesce(r.usage_type, u.meter, q.payload ->> 'meter', '') as "usageType",
      coalesce(trim_scale(r.quantity)::text, trim_scale(u.quantity)::text, q.payload ->> 'quantity') as quantity,
      coalesce(r.resource_name, r.resource_ref, u.resource_name, u.resource_ref, q.payload ->> 'resource') as "resourceRef",
      k.known, coalesce(r.owner ->> 'projectId', r.owner ->> 'accountId', r.owner ->> 'domainPath', u.owner ->> 'accountId', q.detail) as owner,
      coalesce(c.name, b.source_key) as source, coalesce(r.payload, q.payload) as payload, count(*) over ()::int as total
    from usage_quarantine q
    join usage_batches b on b.tenant_id = q.tenant_id and b.id = q.batch_id
    left join cloud_connections c on c.tenant_id = b.tenant_id and c.id = b.cloud_connection_id
    left join raw_usage r on r.tenant_id = q.tenant_id and r.id = q.raw_usage_id and r.window_start = q.window_start
    left join usage_records u on u.tenant_id = q.tenant_id and u.id = q.usage_record_id
    left join lateral (
      select trim_scale(o.quantity)::text as known
      from raw_usage o
      join usage_records v on v.tenant_id = o.tenant_id and v.raw_usage_id = o.id and v.window_start = o.window_start
      where q.reason = 'conflicting-quantity' and o.tenant_id = r.tenant_id and o.cloud_connection_id = r.cloud_connection_id
        and o.content_key = r.content_key and o.window_start = r.window_start
        and not exists (select 1 from usage_records n where n.tenant_id = v.tenant_id and n.supersedes_id = v.id)
      order by o.quantity desc limit 1
    ) k on true
    where q.tenant_id = ${ctx.tenantId}::uuid and q.state = 'open' and (${reason}::text is null or q.reason = ${reason})
    order by q.created_at desc, q.id desc
    limit ${pageSize} offset ${offsetOf(filter.page)}`
  const reasons = await ctx.db.$queryRaw<{ reason: string; count: number }[]>`
    select q.reason, count(*)::int as count from usage_quarantine q
    where q.tenant_id = ${ctx.tenantId}::uuid and q.state = 'open'
    group by q.reason order by count desc, q.reason`
  return {
    rows: rows.map(({ total: _total, payload, ...row }) => ({ ...row, payload: JSON.stringify(payload, null, 2) })),
    total: rows[0]?.total ?? 0,
    page: filter.page,
    pageSize,
    reasons,
  }
}
