import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { isPaymentCaptured } from '#app/db/orders/order-payments.server.ts'
import { awaitPayment } from '#app/db/orders/orders.server.ts'
import { listGatewayAccounts } from '#app/db/payments/gateway-accounts.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { ChainedOrder } from './order-upstream.server.ts'
import { commitChain, type ReserveChainError, releaseChain, reserveChain } from './reserve-order.server.ts'

/** `reserved`: it goes on. `to-pay`: the buyer's own limit has no room, and its payment is awaited while the levels above hold theirs. */
export type Funding = 'reserved' | 'to-pay'

/**
 * Reserves an order at every level and commits it. A buyer whose own limit has no room may pay now where its seller takes payments, and
 * one who chose so does: then the levels above hold theirs first, so that nobody pays for what is refused there. Safe to repeat.
 */
export async function fundOrder(chain: readonly ChainedOrder[]): Promise<Result<Funding, ReserveChainError>> {
  const [first, ...above] = chain
  const isOwed = first !== undefined && (await isPaidFirst(first)) && !(await isOrderPaid(first))
  const reserved = isOwed ? err('no-credit' as const) : await reserveChain(chain)
  if (reserved.ok) return commit(chain)
  if (!first || reserved.error !== 'no-credit' || !(await inTenant(first.tenantId, takesPayments))) return reserved
  const held = await reserveChain(above)
  // Why a level above has no room is not for whoever ordered.
  if (!held.ok) return err('not-available')
  await setAwaited(first, true)
  return ok('to-pay')
}

/** The same once the buyer has paid, or not in time: the money makes the room that was missing. Nothing stays reserved when it does not. */
export async function fundPaidOrder(chain: readonly ChainedOrder[]): Promise<Result<Funding, ReserveChainError>> {
  const [first] = chain
  if (first) await setAwaited(first, false)
  const isOwed = first !== undefined && (await isPaidFirst(first)) && !(await isOrderPaid(first))
  const reserved = isOwed ? err('not-paid' as const) : await reserveChain(chain)
  if (reserved.ok) return commit(chain)
  await releaseChain(chain)
  return reserved
}

async function commit(chain: readonly ChainedOrder[]): Promise<Result<Funding, ReserveChainError>> {
  if (await commitChain(chain)) return ok('reserved')
  await releaseChain(chain)
  return err('not-available')
}

/** Whether its buyer chose to pay before anything is built. */
function isPaidFirst({ tenantId, orderId }: ChainedOrder): Promise<boolean> {
  return inTenant(tenantId, async ({ db }) => {
    const order = await db.order.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: orderId } }, select: { paysNow: true } })
    return order.paysNow
  })
}

/** Whether the buyer's payment for this order has come. */
export function isOrderPaid({ tenantId, orderId }: ChainedOrder): Promise<boolean> {
  return inTenant(tenantId, (ctx) => isPaymentCaptured(ctx, orderId))
}

async function takesPayments(ctx: TenantContext): Promise<boolean> {
  return (await listGatewayAccounts(ctx, { state: 'active' })).length > 0
}

async function setAwaited({ tenantId, orderId }: ChainedOrder, isAwaited: boolean): Promise<void> {
  await inTenant(tenantId, (ctx) => awaitPayment(ctx, { orderId, isAwaited }))
}
