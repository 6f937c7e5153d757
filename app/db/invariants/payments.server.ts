import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { type Examined, examine } from './examined.server.ts'

/**
 * I9, second half, and I10 as far as money reaches the books: payments that are not booked with their amount, of which more was allocated
 * or given back than there is, or whose sums say something else than their allocations, top-ups and refunds.
 */
export function paymentsNotAsBooked(ctx: TenantContext): Promise<Examined> {
  return examine(ctx, {
    rows: Prisma.sql`select count(*) from payments where tenant_id = ${ctx.tenantId}::uuid`,
    broken: Prisma.sql`
      with booked as (
        select e.source_key, sum(p.amount_minor) as minor
        from ledger_entries e
        join ledger_postings p on p.tenant_id = e.tenant_id and p.entry_id = e.id
        join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id and a.code = 'unapplied-cash'
        where e.tenant_id = ${ctx.tenantId}::uuid and e.kind in ('payment', 'refund')
        group by e.source_key
      ), allocated as (
        select payment_id, sum(minor) as minor from (
          select payment_id, amount_minor as minor from payment_allocations where tenant_id = ${ctx.tenantId}::uuid and reversed_at is null
          union all
          select payment_id, amount_minor - returned_minor from top_ups where tenant_id = ${ctx.tenantId}::uuid) a
        group by payment_id
      ), refunded as (
        select r.payment_id, sum(r.amount_minor) as minor, sum(coalesce(b.minor, 0)) as booked
        from payment_refunds r left join booked b on b.source_key = 'refund:' || r.id
        where r.tenant_id = ${ctx.tenantId}::uuid and r.reversed_at is null group by r.payment_id
      )
      select p.id::text as id from payments p
      left join booked b on b.source_key = 'payment:' || p.id
      left join allocated a on a.payment_id = p.id
      left join refunded r on r.payment_id = p.id
      where p.tenant_id = ${ctx.tenantId}::uuid
        and (coalesce(b.minor, 0) <> -p.amount_minor or coalesce(a.minor, 0) <> p.allocated_minor or coalesce(r.minor, 0) <> p.refunded_minor
          or coalesce(r.booked, 0) <> p.refunded_minor or p.allocated_minor + p.refunded_minor > p.amount_minor)`,
  })
}
