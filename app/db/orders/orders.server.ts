import { audit } from '../audit.server.ts'
import type { TenantContext } from '../context.server.ts'
import type { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'
import { isDuplicate } from '../retriable.server.ts'

/** The steps a buyer watches, in their order. */
export const orderSteps = ['accepted', 'reserved', 'building', 'answering', 'ready'] as const
export type OrderStepName = (typeof orderSteps)[number]
export type StepState = 'waiting' | 'running' | 'done' | 'failed'

export type NewOrder = {
  readonly accountId: string
  readonly contractId: string
  readonly productId: string
  readonly idempotencyKey: string
  readonly input: Prisma.InputJsonObject
  readonly currency: string
  readonly netMinor: bigint
  readonly taxMinor: bigint
  readonly childTenantId?: string
  readonly childOrderId?: string
  readonly placedBy?: string
  /** Whether a server is built for it; it is unless said. */
  readonly hasServer?: boolean
  /** Whether its server has apps that are called before it is handed over; it has none unless said. */
  readonly hasApps?: boolean
  readonly promoCode?: string | null
  /** What it cost as it was placed, discounts included; later edits of prices and promotions leave it as it is. */
  readonly price?: Prisma.InputJsonObject
  /** What it waits for before anything is done about it. */
  readonly awaits?: 'confirmation' | null
  /** Of the secret by which a buyer without a sign-in watches it. */
  readonly guestTokenHash?: string | null
  /** Whether it is paid before anything is built. */
  readonly paysNow?: boolean
  readonly termsVersion?: number
  /** The first piece of the same order; none for that one itself, and for an order of one. */
  readonly leadOrderId?: string | null
  /** The stock it was taken from. */
  readonly stockId?: string | null
  readonly termsAcceptedAt?: Date
  readonly withdrawalWaivedAt?: Date | null
}

/** Saves an order with its steps; a repeat of the same key returns the first one's id. */
export async function insertOrder(
  ctx: TenantContext,
  { hasServer = true, hasApps = false, ...order }: NewOrder,
): Promise<{ id: string; isNew: boolean }> {
  const known = await orderOfKey(ctx, order.idempotencyKey)
  if (known) return { id: known.id, isNew: false }

  const id = newId()
  await ctx.db.order.createMany({
    data: [{ ...order, tenantId: ctx.tenantId, id, state: 'placed', totalMinor: order.netMinor + order.taxMinor, placedAt: ctx.now }],
  })
  await ctx.db.orderStep.createMany({
    data: orderSteps
      .filter((step) => (hasServer || step !== 'building') && (hasApps || step !== 'answering'))
      .map((step, position) => ({
        tenantId: ctx.tenantId,
        id: newId(),
        orderId: id,
        accountId: order.accountId,
        position,
        step,
        state: 'waiting',
        at: ctx.now,
      })),
  })
  return { id, isNew: true }
}

/** The order that was placed with a key; null when none was. */
export async function orderOfKey(ctx: TenantContext, idempotencyKey: string): Promise<OwnedOrder | null> {
  return ctx.db.order.findFirst({ where: { tenantId: ctx.tenantId, idempotencyKey }, select: { id: true, accountId: true } })
}

/** Runs `work` and, when another transaction took the same key first, once more: then it finds that one's rows. */
export async function againOnDuplicate<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (failure) {
    if (!isDuplicate(failure)) throw failure
    return work()
  }
}

/** Notes that a step reached `state` now; a step that is done stays done. */
export async function markStep(ctx: TenantContext, orderId: string, step: OrderStepName, state: StepState): Promise<void> {
  await ctx.db.orderStep.updateMany({
    where: { tenantId: ctx.tenantId, orderId, step, NOT: { state: { in: ['done', state] } } },
    data: { state, at: ctx.now },
  })
}

/** The pieces of an order beside the first one that nobody took care of yet, in their order. */
export async function piecesNotBegun(ctx: TenantContext, leadOrderId: string): Promise<string[]> {
  const rows = await ctx.db.order.findMany({
    where: { tenantId: ctx.tenantId, leadOrderId, state: 'placed', orderStepsAsOrder: { some: { step: 'accepted', state: 'waiting' } } },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: 100,
  })
  return rows.map(({ id }) => id)
}

/** Notes that somebody takes care of an order; false when it is over, or was never there. */
export async function beginOrder(ctx: TenantContext, orderId: string): Promise<boolean> {
  const where = { tenantId: ctx.tenantId, id: orderId, state: { in: ['placed', 'provisioning'] } }
  if ((await ctx.db.order.count({ where })) === 0) return false
  await markStep(ctx, orderId, 'accepted', 'done')
  return true
}

/** Notes that an order waits for its buyer's payment, or does no more. */
export async function awaitPayment(ctx: TenantContext, { orderId, isAwaited }: { orderId: string; isAwaited: boolean }): Promise<void> {
  const changed = await ctx.db.order.updateMany({
    where: { tenantId: ctx.tenantId, id: orderId, ...(isAwaited ? { awaits: null } : { awaits: 'payment' }) },
    data: { awaits: isAwaited ? 'payment' : null },
  })
  const action = isAwaited ? 'order.payment-awaited' : 'order.payment-no-longer-awaited'
  if (changed.count > 0) await audit(ctx, { action, subjectKind: 'order', subjectId: orderId, detail: {} })
}

/** An order and whose it is. */
export type OwnedOrder = { readonly id: string; readonly accountId: string }

/** Orders that wait for the address of a person, the oldest first; at most 100. */
export function ordersAwaitingUser(ctx: TenantContext, userId: string): Promise<(OwnedOrder & { leadOrderId: string | null })[]> {
  return ctx.db.order.findMany({
    where: { tenantId: ctx.tenantId, placedBy: userId, awaits: 'confirmation', state: 'placed' },
    select: { id: true, accountId: true, leadOrderId: true },
    orderBy: [{ placedAt: 'asc' }, { id: 'asc' }],
    take: 100,
  })
}

/** Orders placed before `before` of which the address was never confirmed, the oldest first; at most 100. */
export function ordersUnconfirmedSince(ctx: TenantContext, before: Date): Promise<OwnedOrder[]> {
  return ctx.db.order.findMany({
    where: { tenantId: ctx.tenantId, awaits: 'confirmation', state: 'placed', placedAt: { lt: before } },
    select: { id: true, accountId: true },
    orderBy: [{ placedAt: 'asc' }, { id: 'asc' }],
    take: 100,
  })
}

/** Lets an order go on that waited for a confirmation; false when it does not wait for one. */
export async function stopAwaitingConfirmation(ctx: TenantContext, orderId: string): Promise<boolean> {
  const changed = await ctx.db.order.updateMany({
    where: { tenantId: ctx.tenantId, id: orderId, awaits: 'confirmation' },
    data: { awaits: null },
  })
  return changed.count > 0
}

/** The order that a buyer without a sign-in watches by a secret; null when there is none. */
export function orderOfGuest(ctx: TenantContext, guestTokenHash: string): Promise<OwnedOrder | null> {
  return ctx.db.order.findFirst({ where: { tenantId: ctx.tenantId, guestTokenHash }, select: { id: true, accountId: true } })
}
