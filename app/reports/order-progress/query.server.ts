import type { TenantContext } from '#app/db/context.server.ts'
import { money } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import type { OrderProgress, OrderStepName, OrderStepView } from './shape.ts'

const shown = { done: 'done', running: 'current', waiting: 'waiting', failed: 'failed' } as const

/** Refusals of the buyer's own seller; those of levels above are none of its. */
const ownProblems = ['no-credit', 'account-blocked'] as const

/** An order with the steps its buyer watches; null when the scope has none such. */
export async function readOrderProgress(ctx: TenantContext, id: string, language: string): Promise<OrderProgress | null> {
  const order = await ctx.db.order.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id } },
    include: { orderStepsAsOrder: { orderBy: { position: 'asc' } }, product: { select: { name: true } } },
  })
  if (!order) return null
  const names = order.product.name as Record<string, string>
  const resource = order.resourceId
    ? await ctx.db.resource.findUnique({
        where: { tenantId_id: { tenantId: ctx.tenantId, id: order.resourceId } },
        select: { address: true },
      })
    : null
  return {
    id: order.id,
    publicId: toPublicId('order', order.id),
    state: order.state as OrderProgress['state'],
    serverName: (order.input as { name?: string }).name ?? '',
    planName: names[language] ?? names.en ?? '',
    placedAt: order.placedAt,
    total: money(order.totalMinor, order.currency),
    ownProblem: ownProblems.find((problem) => problem === order.failure) ?? null,
    missing: order.missingMinor === null ? null : money(order.missingMinor, order.currency),
    isToPay: order.awaits === 'payment' && order.state === 'placed',
    steps: order.orderStepsAsOrder.map((step): OrderStepView => {
      const state = shown[step.state as keyof typeof shown]
      return { step: step.step as OrderStepName, state, at: state === 'waiting' ? null : step.at }
    }),
    hasServer: order.orderStepsAsOrder.some(({ step }) => step === 'building'),
    subscriptionId: order.subscriptionId,
    serverId: order.resourceId,
    address: resource?.address ?? null,
  }
}
