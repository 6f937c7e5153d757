import { type Money, money } from '#app/domain/money/money.ts'
import type { TenantContext } from './context.server.ts'

/** The payment that was made for an order and what of it settles nothing yet; null when there is none, or nothing left of it. */
export async function paidForOrder(ctx: TenantContext, orderId: string): Promise<{ paymentId: string; left: Money } | null> {
  const [row] = await ctx.db.$queryRaw<{ paymentId: string; currency: string; leftMinor: bigint }[]>`
    select p.id as "paymentId", p.currency, p.amount_minor - p.allocated_minor - p.refunded_minor as "leftMinor"
    from payment_attempt_targets t
    join payment_attempts a on a.tenant_id = t.tenant_id and a.id = t.attempt_id and a.state = 'captured'
    join payments p on p.tenant_id = a.tenant_id and p.id = a.payment_id
    where t.tenant_id = ${ctx.tenantId}::uuid and t.kind = 'order' and t.target_id = ${orderId}::uuid
    order by p.created_at, p.id limit 1`
  return row && row.leftMinor > 0n ? { paymentId: row.paymentId, left: money(row.leftMinor, row.currency) } : null
}

/** Whether a payment for the order has come, whatever became of it since. */
export async function isPaymentCaptured(ctx: TenantContext, orderId: string): Promise<boolean> {
  const where = { tenantId: ctx.tenantId, kind: 'order', targetId: orderId, attempt: { state: 'captured' } }
  return (await ctx.db.paymentAttemptTarget.count({ where })) > 0
}
