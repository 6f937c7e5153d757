import { meters } from '#app/domain/usage/meters.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { type Examined, examine, rowsOf } from './examined.server.ts'

/** Meters that count time: of one resource and the same dimensions no moment is measured twice. */
const timed = Object.values(meters).flatMap(({ code, unit }) => (unit.endsWith('hour') ? [code] : []))

/**
 * I4, first half: windows of a resource and meter that overlap, of records that count. That no hour is missing cannot be told from the
 * records alone: a server that was off and a cloud that was silent look the same.
 */
export function timeMeasuredTwice(ctx: TenantContext): Promise<Examined> {
  return examine(ctx, {
    rows: rowsOf(ctx, 'usage_records'),
    broken: Prisma.sql`
      select o.id from (
        select u.id::text as id, u.window_start,
          max(u.window_end) over (partition by u.cloud_ref, u.resource_ref, u.meter, u.account_id, u.dimensions::text
            order by u.window_start, u.window_end, u.id rows between unbounded preceding and 1 preceding) as covered
        from usage_records u
        where u.tenant_id = ${ctx.tenantId}::uuid and u.resource_ref is not null and u.meter = any (${timed}::text[])
          and u.window_end > u.window_start
          and not exists (select 1 from usage_records n where n.tenant_id = u.tenant_id and n.supersedes_id = u.id)
          and not exists (select 1 from usage_quarantine q where q.tenant_id = u.tenant_id and q.usage_record_id = u.id)
      ) o
      where o.covered > o.window_start`,
  })
}

/** How long a step of an order, or a run of the billing, may take before somebody has to look. */
const deadlineHours = 24

/** I15: steps of orders, runs and exports that began long ago and neither ended nor failed. */
export function standingStill(ctx: TenantContext): Promise<Examined> {
  const deadline = new Date(ctx.now.getTime() - deadlineHours * 3_600_000)
  const tenant = Prisma.sql`tenant_id = ${ctx.tenantId}::uuid`
  return examine(ctx, {
    rows: Prisma.sql`select (select count(*) from order_steps where ${tenant}) + (select count(*) from billing_runs where ${tenant})
      + (select count(*) from exports where ${tenant})`,
    broken: Prisma.sql`
      select concat('order step ', s.order_id, ' ', s.step) as id from order_steps s where s.${tenant} and s.state = 'running' and s.at < ${deadline}
      union all
      select concat('billing run ', r.id) from billing_runs r
      where r.${tenant} and r.state in ('requested', 'drafted', 'finalising') and r.started_at < ${deadline}
      union all
      select concat('export ', x.id) from exports x where x.${tenant} and x.state = 'requested' and x.requested_at < ${deadline}`,
  })
}
