import type { TenantContext } from '#app/db/context.server.ts'
import { openDocuments } from '#app/db/payments/payment-allocations.server.ts'
import { type Money, sum } from '#app/domain/money/money.ts'
import type { AttemptPurpose, AttemptTarget } from '#app/domain/payment-attempt/attempt-target.ts'
import { orderAmount } from '#app/domain/payment-attempt/order-amount.ts'

export type TargetProblem =
  | 'account-not-found'
  | 'nothing-open'
  | 'more-than-open'
  | 'amount-not-positive'
  | 'amounts-differ'
  | 'other-currency'

export type Targets = {
  readonly accountId: string
  readonly purpose: AttemptPurpose
  readonly targets: readonly AttemptTarget[]
  readonly amount: Money
}

/** Why these cannot be paid by such an amount; null when they can. Documents must be open by what is meant for each, and be the account's own. */
export async function targetProblem(ctx: TenantContext, { accountId, purpose, targets, amount }: Targets): Promise<TargetProblem | null> {
  const account = await ctx.db.account.findFirst({ where: { id: accountId, tenantId: ctx.tenantId }, select: { id: true } })
  if (!account) return 'account-not-found'
  const { currency } = amount
  if (targets.some((target) => target.amount.currency !== currency)) return 'other-currency'
  const total = sum(
    currency,
    targets.map((target) => target.amount),
  )
  if (total.minor !== amount.minor || targets.length === 0) return 'amounts-differ'
  if (purpose === 'method') return null
  if (targets.some((target) => target.amount.minor <= 0n)) return 'amount-not-positive'
  if (purpose === 'order') return orderProblem(ctx, targets, accountId)
  return purpose === 'invoices' ? invoiceProblem(ctx, targets, { accountId, currency }) : null
}

type Owner = { readonly accountId: string; readonly currency: string }

async function invoiceProblem(ctx: TenantContext, targets: readonly AttemptTarget[], owner: Owner): Promise<TargetProblem | null> {
  const open = new Map((await openDocuments(ctx, owner.accountId, owner.currency)).map((document) => [document.id, document.open.minor]))
  if (targets.some(({ id }) => !open.has(id))) return 'nothing-open'
  return targets.some(({ id, amount }) => amount.minor > (open.get(id) ?? 0n)) ? 'more-than-open' : null
}

async function orderProblem(ctx: TenantContext, targets: readonly AttemptTarget[], accountId: string): Promise<TargetProblem | null> {
  const where = { tenantId: ctx.tenantId, accountId, id: { in: targets.map(({ id }) => id) } }
  const orders = await ctx.db.order.findMany({
    where,
    select: { id: true, state: true, totalMinor: true, missingMinor: true, currency: true },
    take: 100,
  })
  const isPayable = (target: AttemptTarget) =>
    orders.some(({ id, state, currency, ...sums }) => {
      const isEnough = orderAmount(sums) === target.amount.minor && currency === target.amount.currency
      return id === target.id && isEnough && !['failed', 'refused', 'active'].includes(state)
    })
  if (!targets.every(isPayable)) return 'nothing-open'
  const paid = await ctx.db.paymentAttemptTarget.findFirst({
    where: { tenantId: ctx.tenantId, kind: 'order', targetId: { in: targets.map(({ id }) => id) }, attempt: { state: 'captured' } },
    select: { id: true },
  })
  return paid ? 'nothing-open' : null
}
