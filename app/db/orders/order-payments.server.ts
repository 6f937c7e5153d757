import { type Money, money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'

/**
 * The payment that was made for an order and what of it settles nothing yet, at most what it paid of this order where it paid for
 * several; null when there is none, or nothing left of it.
 */
export async function paidForOrder(ctx: TenantContext, orderId: string): Promise<{ paymentId: string; left: Money } | null> {
  const [row] = await ctx.db.$queryRaw<{ paymentId: string; currency: string; leftMinor: bigint }[]>`
    with paid as (
      select a.payment_id, t.amount_minor from payment_attempt_targets t
      join payment_attempts a on a.tenant_id = t.tenant_id and a.id = t.attempt_id and a.state = 'captured'
      where t.tenant_id = ${ctx.tenantId}::uuid and t.kind = 'order' and t.target_id = ${orderId}::uuid
      union all
      select x.payment_id, o.total_minor from orders o
      join expected_payments x on x.tenant_id = o.tenant_id and x.id = coalesce(o.lead_order_id, o.id) and x.purpose = 'order'
      where o.tenant_id = ${ctx.tenantId}::uuid and o.id = ${orderId}::uuid and x.state = 'received'
    )
    select p.id as "paymentId", p.currency, least(paid.amount_minor, p.amount_minor - p.allocated_minor - p.refunded_minor) as "leftMinor"
    from paid join payments p on p.tenant_id = ${ctx.tenantId}::uuid and p.id = paid.payment_id
    order by p.created_at, p.id limit 1`
  return row && row.leftMinor > 0n ? { paymentId: row.paymentId, left: money(row.leftMinor, row.currency) } : null
}

/** Whether a payment for the order has come, whatever became of it since. */
export async function isPaymentCaptured(ctx: TenantContext, orderId: string): Promise<boolean> {
  const where = { tenantId: ctx.tenantId, kind: 'order', targetId: orderId, attempt: { state: 'captured' } }
  if ((await ctx.db.paymentAttemptTarget.count({ where })) > 0) return true
  return (await transferOfOrder(ctx, orderId))?.state === 'received'
}

/** The transfer by which an order is paid, all its pieces together. */
export type OrderTransfer = {
  /** Of the order's first piece. */
  readonly id: string
  readonly reference: string
  readonly amount: Money
  readonly dueOn: LocalDate
  readonly state: 'awaited' | 'received' | 'withdrawn'
}

/** The transfer by which an order is paid; null when it is paid otherwise. */
export async function transferOfOrder(ctx: TenantContext, orderId: string): Promise<OrderTransfer | null> {
  const [row] = await ctx.db.$queryRaw<(Omit<OrderTransfer, 'amount'> & { currency: string; amountMinor: bigint })[]>`
    select x.id, x.reference, x.currency, x.amount_minor as "amountMinor", x.due_on::text as "dueOn", x.state
    from orders o join expected_payments x on x.tenant_id = o.tenant_id and x.id = coalesce(o.lead_order_id, o.id) and x.purpose = 'order'
    where o.tenant_id = ${ctx.tenantId}::uuid and o.id = ${orderId}::uuid`
  if (!row) return null
  const { currency, amountMinor, ...transfer } = row
  return { ...transfer, amount: money(amountMinor, currency) }
}
