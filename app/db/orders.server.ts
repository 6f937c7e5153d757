import type { TenantContext } from './context.server.ts'
import type { Prisma } from './generated/client.ts'
import { newId } from './ids.server.ts'
import { isDuplicate } from './retriable.server.ts'

/** The steps a buyer watches, in their order. */
export const orderSteps = ['accepted', 'reserved', 'building', 'ready'] as const
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
  readonly promoCode?: string | null
  /** What it cost as it was placed, discounts included; later edits of prices and promotions leave it as it is. */
  readonly price?: Prisma.InputJsonObject
}

/** Saves an order with its steps; a repeat of the same key returns the first one's id. */
export async function insertOrder(ctx: TenantContext, { hasServer = true, ...order }: NewOrder): Promise<{ id: string; isNew: boolean }> {
  const known = await orderOfKey(ctx, order.idempotencyKey)
  if (known) return { id: known.id, isNew: false }

  const id = newId()
  await ctx.db.order.createMany({
    data: [{ ...order, tenantId: ctx.tenantId, id, state: 'placed', totalMinor: order.netMinor + order.taxMinor, placedAt: ctx.now }],
  })
  await ctx.db.orderStep.createMany({
    data: orderSteps
      .filter((step) => hasServer || step !== 'building')
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
export async function orderOfKey(ctx: TenantContext, idempotencyKey: string): Promise<{ id: string } | null> {
  return ctx.db.order.findFirst({ where: { tenantId: ctx.tenantId, idempotencyKey }, select: { id: true } })
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
