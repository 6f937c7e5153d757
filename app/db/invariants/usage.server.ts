import { meters } from '#app/domain/usage/meters.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { type Examined, examine, rowsOf } from './examined.server.ts'

/** Meters read at a moment: of their samples only the rise over the greatest one is charged. */
const readAtMoment = Object.values(meters).flatMap(({ code, aggregation }) => (aggregation === 'max' ? [code] : []))

/**
 * I3: usage of rated batches that was not charged, or with another quantity than its own. A record that takes the place of another is
 * charged with the difference. Where whole steps or the greatest sample count, the quantity of one record says nothing and is left
 * out. What waits in quarantine is not charged at all; what re-rating posts, it reverses itself.
 */
export function usageNotRatedOnce(ctx: TenantContext): Promise<Examined> {
  return examine(ctx, {
    rows: rowsOf(ctx, 'usage_records'),
    broken: Prisma.sql`
      with rated as (
        select c.usage_record_id as id, sum(c.quantity) as quantity,
          bool_or(p.quantity_step is not null or c.meter = any (${readAtMoment}::text[])
            or c.meter = any (array(select m.code from meters m where m.tenant_id = ${ctx.tenantId}::uuid and m.kind = 'gauge'))) as is_counted_otherwise
        from charges c join price_rules p on p.tenant_id = c.tenant_id and p.id = c.price_rule_id
        where c.tenant_id = ${ctx.tenantId}::uuid and c.usage_record_id is not null and c.rerate_run_id is null group by c.usage_record_id
      )
      select u.id::text as id
      from usage_records u
      join usage_batches b on b.tenant_id = u.tenant_id and b.id = u.batch_id and b.state = 'rated'
      left join usage_records o on o.tenant_id = u.tenant_id and o.id = u.supersedes_id
      left join rated r on r.id = u.id
      where u.tenant_id = ${ctx.tenantId}::uuid and u.quantity <> coalesce(o.quantity, 0)
        and (r.id is null or not r.is_counted_otherwise and r.quantity <> u.quantity - coalesce(o.quantity, 0))
        and not exists (select 1 from usage_quarantine q where q.tenant_id = u.tenant_id and q.usage_record_id in (u.id, o.id))`,
  })
}

/** A record of a tenant that its parent handed down, as the parent must have it. */
export type HandedDown = { readonly id: string; readonly sourceUsageId: string; readonly facts: string }

/** The next `limit` records that were handed down, in order of id after `afterId`; a meter of the parent under the parent's code. */
export function nextHandedDown(ctx: TenantContext, afterId: string, limit: number): Promise<HandedDown[]> {
  return ctx.db.$queryRaw<HandedDown[]>`
    select id, source_usage_id as "sourceUsageId",
      concat_ws(' ', coalesce((select m.source_code from meters m where m.tenant_id = u.tenant_id and m.code = u.meter), meter), unit,
        trim_scale(quantity), window_start at time zone 'UTC', window_end at time zone 'UTC') as facts
    from usage_records u
    where tenant_id = ${ctx.tenantId}::uuid and source_usage_id is not null and id > ${afterId}::uuid order by id limit ${limit}`
}

/** The same facts of the records `ids`, as far as the scope sees them. */
export async function usageFacts(ctx: TenantContext, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await ctx.db.$queryRaw<{ id: string; facts: string }[]>`
    select id, concat_ws(' ', meter, unit, trim_scale(quantity), window_start at time zone 'UTC', window_end at time zone 'UTC') as facts
    from usage_records where tenant_id = ${ctx.tenantId}::uuid and id = any (${ids}::uuid[])`
  return new Map(rows.map((row) => [row.id, row.facts]))
}

/** I18, first half: charges at a price that was made with an exchange rate, without the rate, its source or its date. */
export function ratesNotStored(ctx: TenantContext): Promise<Examined> {
  return examine(ctx, {
    rows: rowsOf(ctx, 'charges'),
    broken: Prisma.sql`
      select id::text as id from charges
      where tenant_id = ${ctx.tenantId}::uuid and jsonb_typeof(reason -> 'exchange') = 'object'
        and not coalesce((reason -> 'exchange' ->> 'rate')::numeric > 0 and reason -> 'exchange' ->> 'source' <> ''
          and reason -> 'exchange' ->> 'date' <> '', false)`,
  })
}

/** I17: natural keys that occur twice: of usage, charges, entries, documents and messages. */
export function doubledKeys(ctx: TenantContext): Promise<Examined> {
  const tenant = Prisma.sql`tenant_id = ${ctx.tenantId}::uuid`
  return examine(ctx, {
    rows: Prisma.sql`select (${rowsOf(ctx, 'usage_records')}) + (${rowsOf(ctx, 'charges')}) + (${rowsOf(ctx, 'invoices')})
      + (select count(*) from ledger_entries where ${tenant})`,
    broken: Prisma.sql`
      select concat('usage ', source_key) as id from usage_records where ${tenant} group by source_key having count(*) > 1
      union all select concat('charge ', source_key) from charges where ${tenant} group by source_key having count(*) > 1
      union all select concat('entry ', source_key) from ledger_entries where ${tenant} group by source_key having count(*) > 1
      union all select concat('document ', document_type, ' ', issuer, ' ', year, ' ', sequence) from invoices where ${tenant}
        group by document_type, issuer, year, sequence having count(*) > 1
      union all select concat('period ', period_key) from invoice_states where ${tenant} and period_key is not null
        group by period_key having count(*) > 1
      union all select concat('message ', message_key) from deliveries where ${tenant} group by message_key having count(*) > 1`,
  })
}
