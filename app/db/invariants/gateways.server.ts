import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { type Examined, examine } from './examined.server.ts'

/**
 * I10 as far as gateways go: attempts whose captured sum is not that of their payment, or whose refunded sum is not that of the refunds that
 * stand; and movements in a gateway's own settlement report that have another sum than in the books, or are there twice.
 */
export function gatewaysNotAsBooked(ctx: TenantContext): Promise<Examined> {
  return examine(ctx, {
    rows: Prisma.sql`select count(*) from payment_attempts where tenant_id = ${ctx.tenantId}::uuid and captured_minor > 0`,
    broken: Prisma.sql`
      with refunded as (
        select attempt_id, sum(amount_minor) as minor from gateway_refunds
        where tenant_id = ${ctx.tenantId}::uuid and state in ('created', 'unknown', 'pending', 'done') group by attempt_id
      )
      select a.id::text as id from payment_attempts a
      left join payments p on p.tenant_id = a.tenant_id and p.id = a.payment_id
      left join refunded r on r.attempt_id = a.id
      where a.tenant_id = ${ctx.tenantId}::uuid and (a.captured_minor > 0 or a.refunded_minor > 0)
        and (a.captured_minor <> coalesce(p.amount_minor, 0) or a.refunded_minor <> coalesce(r.minor, 0))
      union all
      select coalesce(l.ref, l.id::text) from gateway_payout_lines l
      where l.tenant_id = ${ctx.tenantId}::uuid and l.difference in ('other-amount', 'twice')`,
  })
}
