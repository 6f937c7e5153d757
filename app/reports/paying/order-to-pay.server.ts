import type { TenantContext } from '#app/db/context.server.ts'
import { transferOfOrder } from '#app/db/orders/order-payments.server.ts'
import { type Money, money, sum } from '#app/domain/money/money.ts'
import { orderAmount } from '#app/domain/payment-attempt/order-amount.ts'

/** An order that its buyer pays before it is fulfilled. */
export type OrderToPay = {
  readonly id: string
  readonly accountId: string
  readonly name: string
  /** What is to pay: more than it costs where the buyer's limit is exceeded already. */
  readonly total: Money
  /** Its pieces that are to be paid, each with what it takes; none when it is paid, over, free or awaits a transfer. */
  readonly targets: readonly { readonly id: string; readonly amount: Money }[]
}

/** One order of the scope with what it costs, all of its pieces together; null when the scope has none such. */
export async function readOrderToPay(ctx: TenantContext, orderId: string): Promise<OrderToPay | null> {
  const rows = await ctx.db.order.findMany({
    where: { tenantId: ctx.tenantId, OR: [{ id: orderId }, { leadOrderId: orderId }] },
    select: {
      id: true,
      accountId: true,
      leadOrderId: true,
      state: true,
      totalMinor: true,
      missingMinor: true,
      currency: true,
      input: true,
      awaits: true,
      paysNow: true,
    },
    orderBy: { id: 'asc' },
    take: 100,
  })
  const lead = rows.find(({ id }) => id === orderId)
  if (!lead) return null
  const paid = await ctx.db.paymentAttemptTarget.findMany({
    where: { tenantId: ctx.tenantId, kind: 'order', targetId: { in: rows.map(({ id }) => id) }, attempt: { state: 'captured' } },
    select: { targetId: true },
    take: 100,
  })
  const transfer = await transferOfOrder(ctx, orderId)
  const isTransferred = transfer !== null && transfer.state !== 'withdrawn'
  const isOpen = ({ id, state, totalMinor }: (typeof rows)[number]) =>
    !isTransferred && !paid.some(({ targetId }) => targetId === id) && !['failed', 'refused', 'active'].includes(state) && totalMinor > 0n
  const open = rows.filter(isOpen).filter(({ paysNow, awaits }) => rows.length === 1 || paysNow || awaits === 'payment')
  const amountOf = (row: (typeof rows)[number]) => money(orderAmount(row), row.currency)
  const total = sum(lead.currency, (open.length > 0 ? open : rows).map(amountOf))
  const name = (lead.input as { name?: string }).name ?? ''
  return { id: lead.id, accountId: lead.accountId, name, total, targets: open.map((row) => ({ id: row.id, amount: amountOf(row) })) }
}
