import { inTenant } from '#app/db/context.server.ts'
import { beginOrder, piecesNotBegun } from '#app/db/orders/orders.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import type { ChainedOrder } from './order-upstream.server.ts'
import { failChain } from './provision-order.server.ts'

/** Takes care of an order from now on; false when it is over already. Safe to repeat. */
export function beginPlaced({ tenantId, orderId }: ChainedOrder): Promise<boolean> {
  return inTenant(tenantId, (ctx) => beginOrder(ctx, orderId))
}

/** Lets the other pieces of an order go on, once it was let through: each is ordered, reserved, built and paid back by itself. Safe to repeat. */
export function startPieces({ tenantId, orderId }: ChainedOrder): Promise<void> {
  return inTenant(tenantId, async (ctx) => {
    const pieces = await piecesNotBegun(ctx, orderId)
    if (pieces.length === 0) return
    await enqueue(
      ctx,
      ...pieces.map((id) => ({ name: 'order/placed' as const, data: { tenantId, orderId: id }, key: `order-piece:${id}` })),
    )
  })
}

/** Ends the other pieces of an order that never went on. `failure` is a code. Safe to repeat. */
export async function endPieces({ tenantId, orderId }: ChainedOrder, state: 'failed' | 'refused', failure: string): Promise<void> {
  const pieces = await inTenant(tenantId, (ctx) => piecesNotBegun(ctx, orderId))
  for (const piece of pieces) await failChain([{ tenantId, orderId: piece }], state, failure)
}
