import type { TenantContext } from '#app/db/context.server.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { orderAmount } from '#app/domain/payment-attempt/order-amount.ts'

/** An order that its buyer pays before it is fulfilled. */
export type OrderToPay = {
  readonly id: string
  readonly accountId: string
  readonly name: string
  /** What is to pay: more than it costs where the buyer's limit is exceeded already. */
  readonly total: Money
  /** It costs something, is not over, and nobody has paid it. */
  readonly isPayable: boolean
}

/** One order of the scope with what it costs; null when the scope has none such. */
export async function readOrderToPay(ctx: TenantContext, orderId: string): Promise<OrderToPay | null> {
  const order = await ctx.db.order.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: orderId } },
    select: { id: true, accountId: true, state: true, totalMinor: true, missingMinor: true, currency: true, input: true },
  })
  if (!order) return null
  const paid = await ctx.db.paymentAttemptTarget.findFirst({
    where: { tenantId: ctx.tenantId, kind: 'order', targetId: orderId, attempt: { state: 'captured' } },
    select: { id: true },
  })
  const isOver = ['failed', 'refused', 'active'].includes(order.state)
  return {
    id: order.id,
    accountId: order.accountId,
    name: (order.input as { name?: string }).name ?? '',
    total: money(orderAmount(order), order.currency),
    isPayable: !paid && !isOver && order.totalMinor > 0n,
  }
}
