import type { TenantContext } from '#app/db/context.server.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import type { OrderProgress, OrderStepName, OrderStepView } from './shape.ts'

const shown = { done: 'done', running: 'current', waiting: 'waiting', failed: 'failed' } as const

/** Refusals of the buyer's own seller; those of levels above are none of its. */
const ownProblems = ['no-credit', 'not-paid', 'not-confirmed', 'account-blocked'] as const

async function emailOf({ db, tenantId }: TenantContext, id: string): Promise<string> {
  return (await db.account.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } }, select: { email: true } })).email
}

/** An order with the steps its buyer watches; null when the scope has none such. */
export async function readOrderProgress(ctx: TenantContext, id: string, language: string): Promise<OrderProgress | null> {
  const order = await ctx.db.order.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id } },
    include: {
      orderStepsAsOrder: { orderBy: { position: 'asc' } },
      product: { select: { name: true } },
    },
  })
  if (!order) return null
  const names = order.product.name as Record<string, string>
  const resource = order.resourceId
    ? await ctx.db.resource.findUnique({
        where: { tenantId_id: { tenantId: ctx.tenantId, id: order.resourceId } },
        select: { address: true },
      })
    : null
  const payment = await readOrderMoney(ctx, { orderId: id, currency: order.currency })
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
    isToPay: order.state === 'placed' && !payment.paidAt && (order.awaits === 'payment' || order.paysNow),
    paysNow: order.paysNow,
    unconfirmedEmail: order.state === 'placed' && order.awaits === 'confirmation' ? await emailOf(ctx, order.accountId) : null,
    refunded: payment.refunded,
    kept: order.state === 'failed' || order.state === 'refused' ? payment.left : null,
    steps: stepsOf(order, payment.paidAt),
    hasServer: order.orderStepsAsOrder.some(({ step }) => step === 'building'),
    subscriptionId: order.subscriptionId,
    serverId: order.resourceId,
    address: resource?.address ?? null,
  }
}

type StepRow = { readonly step: string; readonly state: string; readonly at: Date }

/** The steps of an order; paying is one of them where it was paid, or is to be before anything is built. */
function stepsOf(
  order: { readonly orderStepsAsOrder: readonly StepRow[]; readonly paysNow: boolean },
  paidAt: Date | null,
): OrderStepView[] {
  const steps = order.orderStepsAsOrder.map((row): OrderStepView => {
    const state = shown[row.state as keyof typeof shown]
    return { step: row.step as OrderStepName, state, at: state === 'waiting' ? null : row.at }
  })
  if (!paidAt && !order.paysNow) return steps
  const [accepted, ...others] = steps
  return [...(accepted ? [accepted] : []), { step: 'paid', state: paidAt ? 'done' : 'waiting', at: paidAt }, ...others]
}

type OrderMoney = { readonly paidAt: Date | null; readonly refunded: Money | null; readonly left: Money | null }

/** What was paid for an order, went back of it, and is left of it unspent. */
async function readOrderMoney(ctx: TenantContext, { orderId, currency }: { orderId: string; currency: string }): Promise<OrderMoney> {
  const [row] = await ctx.db.$queryRaw<{ paidAt: Date | null; refundedMinor: bigint | null; leftMinor: bigint | null }[]>`
    select min(a.finished_at) as "paidAt", sum(p.refunded_minor)::bigint as "refundedMinor",
      sum(p.amount_minor - p.allocated_minor - p.refunded_minor)::bigint as "leftMinor"
    from payment_attempt_targets t
    join payment_attempts a on a.tenant_id = t.tenant_id and a.id = t.attempt_id and a.state = 'captured'
    join payments p on p.tenant_id = a.tenant_id and p.id = a.payment_id
    where t.tenant_id = ${ctx.tenantId}::uuid and t.kind = 'order' and t.target_id = ${orderId}::uuid`
  const some = (minor: bigint | null | undefined) => (minor && minor > 0n ? money(minor, currency) : null)
  return { paidAt: row?.paidAt ?? null, refunded: some(row?.refundedMinor), left: some(row?.leftMinor) }
}
