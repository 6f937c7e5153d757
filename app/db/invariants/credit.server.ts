import type { TenantContext } from '../context.server.ts'
import { baseOfRow } from '../credit/credit-positions.server.ts'
import { Prisma } from '../generated/client.ts'
import { type Examined, examine } from './examined.server.ts'

/** I13, first half: parts of where a contract stands that are not the sum of the rows they come from, and limits that are not as agreed. */
export function creditNotAsSources(ctx: TenantContext): Promise<Examined> {
  return examine(ctx, {
    rows: Prisma.sql`select count(*) from credit_positions where tenant_id = ${ctx.tenantId}::uuid`,
    broken: Prisma.sql`
      select concat_ws(' ', p.id, case
        when p.open_minor <> s.open_minor then 'open' when p.rated_net <> s.rated_net then 'rated'
        when p.reserved_minor <> s.reserved_minor then 'reserved' when p.prepaid_minor <> s.prepaid_minor then 'prepaid'
        when p.unapplied_minor <> s.unapplied_minor then 'unapplied' else 'collected' end) as id
      from credit_positions p join credit_sources(${ctx.tenantId}::uuid) s on s.position_id = p.id
      where p.tenant_id = ${ctx.tenantId}::uuid and (p.open_minor, p.rated_net, p.reserved_minor, p.prepaid_minor, p.unapplied_minor, p.collected_minor)
        is distinct from (s.open_minor, s.rated_net, s.reserved_minor, s.prepaid_minor, s.unapplied_minor, s.collected_minor)
      union all
      select concat_ws(' ', p.id, 'rated tax') from credit_positions p
      where p.tenant_id = ${ctx.tenantId}::uuid and p.rated_tax <> other_tax_of(p.tenant_id, p.id)
      union all
      select concat_ws(' ', p.id, 'limit') from credit_positions p
      where p.tenant_id = ${ctx.tenantId}::uuid and ${baseOfRow(ctx.now)} is distinct from (
        select l.amount_minor from credit_limits l
        where l.tenant_id = p.tenant_id and l.position_id = p.id and l.kind = 'base' and l.state = 'agreed' and l.valid_from <= ${ctx.now}
        order by greatest(l.valid_from, coalesce(l.decided_at, l.valid_from)) desc, l.created_at desc, l.id desc limit 1)
      union all
      select concat_ws(' ', p.id, 'dunning') from credit_positions p
      where p.tenant_id = ${ctx.tenantId}::uuid and p.is_whole and p.dunning_minor <> coalesce((
        select sum(dunning_open(s.status, s.total_minor, s.paid_minor)) from dunning_letters l
        join invoice_states s on s.tenant_id = l.tenant_id and s.invoice_id = l.fee_document_id
        join invoices i on i.tenant_id = s.tenant_id and i.id = s.invoice_id
        where l.tenant_id = p.tenant_id and s.account_id = p.account_id and i.currency = p.currency), 0)
      union all
      select concat_ws(' ', c.id, 'no position') from contracts c
      where c.tenant_id = ${ctx.tenantId}::uuid
        and not exists (select from credit_positions p where p.tenant_id = c.tenant_id and p.contract_id = c.id and p.is_whole)`,
  })
}

/** I13, second half: reservations that wait longer than an hour beyond their time. */
export function reservationsForgotten(ctx: TenantContext): Promise<Examined> {
  const before = new Date(ctx.now.getTime() - 3_600_000)
  return examine(ctx, {
    rows: Prisma.sql`select count(*) from credit_reservations where tenant_id = ${ctx.tenantId}::uuid`,
    broken: Prisma.sql`
      select r.id::text as id from credit_reservations r
      where r.tenant_id = ${ctx.tenantId}::uuid and r.state = 'held' and r.expires_at < ${before}`,
  })
}
