import { audit } from '#app/db/audit.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { ordersAwaitingUser, ordersUnconfirmedSince, stopAwaitingConfirmation } from '#app/db/orders/orders.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { findSecurityProfile, insertMembership } from '#app/db/people/people.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { failChain } from './provision-order.server.ts'

/** How long an order waits for its buyer to use the mailed link: as long as that works. */
const waitMs = 7 * 24 * 3_600_000

/**
 * Lets the orders of a person go on that waited for the address to be confirmed. An order that was placed without a sign-in brings its
 * account along: it becomes the person's now, not before. Returns how many went on. Safe to repeat.
 */
export async function goOnWithOrders(ctx: TenantContext, userId: string): Promise<number> {
  const waiting = await ordersAwaitingUser(ctx, userId)
  for (const order of waiting) await goOn(ctx, order, userId)
  return waiting.length
}

type Waiting = Awaited<ReturnType<typeof ordersAwaitingUser>>[number]

async function goOn(ctx: TenantContext, { id: orderId, accountId, leadOrderId }: Waiting, userId: string): Promise<void> {
  if (!(await stopAwaitingConfirmation(ctx, orderId))) return
  const securityProfileId = await findSecurityProfile(ctx, 'customer-owner')
  invariant(securityProfileId, `tenant ${ctx.tenantId} has no profile for owners of accounts`)
  const members = await ctx.db.membership.count({ where: { tenantId: ctx.tenantId, accountId } })
  if (members === 0) await insertMembership(ctx, { userId, accountId, securityProfileId })
  if (leadOrderId === null) await enqueue(ctx, { name: 'order/placed', data: { tenantId: ctx.tenantId, orderId } })
  await audit(ctx, { action: 'order.confirmed', subjectKind: 'order', subjectId: orderId, detail: { userId } })
}

/** Ends orders that nobody confirmed in time; what was paid for them goes back. Returns how many. Safe to repeat. */
export async function endUnconfirmedOrders(tenantId: string): Promise<number> {
  const over = await inTenant(tenantId, (ctx) => ordersUnconfirmedSince(ctx, new Date(ctx.now.getTime() - waitMs)))
  for (const { id: orderId } of over) {
    await failChain([{ tenantId, orderId }], 'refused', 'not-confirmed')
    await inTenant(tenantId, (ctx) => stopAwaitingConfirmation(ctx, orderId))
  }
  return over.length
}
