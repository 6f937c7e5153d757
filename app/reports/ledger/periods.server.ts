import type { TenantContext } from '#app/db/context.server.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { BookPeriod } from './shape.ts'

const monthsAtMost = 120

type Row = Omit<BookPeriod, 'isOwnRequest'> & { reopenAskedById: string | null }

/** The months from the first entry to the running one of the seller, newest first, at most ten years. */
export async function listPeriods(ctx: TenantContext): Promise<BookPeriod[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    with span as (
      select date_trunc('month', (select min(booked_on) from ledger_entries where tenant_id = t.tenant_id))::date as first,
        date_trunc('month', ${ctx.now} at time zone t.time_zone)::date as last
      from tenants t where t.tenant_id = ${ctx.tenantId}::uuid
    ), months as (
      select generate_series(first, greatest(first, last), interval '1 month')::date as month from span where first is not null
      order by month desc limit ${monthsAtMost}
    )
    select to_char(m.month, 'YYYY-MM') as month, coalesce(p.state, 'open') as state,
      (select count(*)::int from ledger_entries e
       where e.tenant_id = ${ctx.tenantId}::uuid and e.booked_on >= m.month and e.booked_on < m.month + interval '1 month') as entries,
      p.closed_at as "closedAt", coalesce(c.name, p.closed_by) as "closedBy", p.reopen_reason as "reopenReason",
      coalesce(r.name, p.reopen_asked_by) as "reopenAskedBy", p.reopen_asked_by as "reopenAskedById"
    from months m
    left join accounting_periods p on p.tenant_id = ${ctx.tenantId}::uuid and p.month = m.month
    left join users c on c.tenant_id = ${ctx.tenantId}::uuid and c.id::text = p.closed_by
    left join users r on r.tenant_id = ${ctx.tenantId}::uuid and r.id::text = p.reopen_asked_by
    order by m.month desc`
  const own = actorName(ctx.actor)
  return rows.map(({ reopenAskedById, ...row }) => ({ ...row, isOwnRequest: reopenAskedById === own }))
}
