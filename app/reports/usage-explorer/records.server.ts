import type { TenantContext } from '#app/db/context.server.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { offsetOf, pageSize } from '../paging.ts'
import { joinsOf, whereOf } from './charges.server.ts'
import type { UsageFilter, UsageRecordLine, UsageRecords } from './shape.ts'

type Row = Omit<UsageRecordLine, 'publicId'> & { readonly total: number }

/** The charges behind a figure, the newest period first, each with the quantity it was counted by. */
export async function listUsageRecords(
  ctx: TenantContext,
  { page, ...filter }: UsageFilter & { readonly page: number },
): Promise<UsageRecords> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select r.*, n.name as "projectName" from (
      select c.id, c.period_start as "periodStart", c.period_end as "periodEnd", place.resource_id as "resourceId",
        c.resource_name as "resourceName", coalesce(c.meter, c.fee_kind) as meter, c.unit, trim_scale(c.quantity)::text as quantity,
        trim_scale(c.included_quantity)::text as included, trim_scale(c.unit_price)::text as "unitPrice", trim_scale(c.amount)::text as exact,
        c.currency, c.class = 'Correction' as "isCorrection", placed.project_id, count(*) over ()::int as total
      from charges c ${joinsOf('record', filter, '')} ${whereOf(ctx, filter)}
      order by c.period_start desc, c.id desc
      limit ${pageSize} offset ${offsetOf(page)}) r
    left join projects n on n.tenant_id = ${ctx.tenantId}::uuid and n.id = r.project_id
    order by r."periodStart" desc, r.id desc`
  return {
    rows: rows.map(({ total: _total, ...row }) => ({ ...row, publicId: toPublicId('charge', row.id) })),
    total: rows[0]?.total ?? 0,
    page,
    pageSize,
  }
}
