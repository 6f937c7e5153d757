import type { TenantContext } from '#app/db/context.server.ts'
import type { HoldEffect, HoldSource } from '#app/domain/hold/hold-effect.ts'
import { effectOf } from '../holds/effect-of.server.ts'
import { tellAccount } from './tell-account.server.ts'

/** Shows an account that money could not be taken by a way to pay it has saved; the letter about it goes out where it is collected. */
export async function tellFailedPayment(ctx: TenantContext, attemptId: string): Promise<void> {
  const attempt = await ctx.db.paymentAttempt.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: attemptId } },
    select: { accountId: true, kind: true, state: true, amountMinor: true, currency: true },
  })
  if (attempt?.kind !== 'off-session' || attempt.state !== 'failed') return
  const amount = { minor: attempt.amountMinor.toString(), currency: attempt.currency }
  const { accountId } = attempt
  const key = `payment-failed:${attemptId}`
  await tellAccount(ctx, { accountId, topic: 'payment', code: 'payment-failed', facts: { amount }, key }, true)
}

/** Of these a letter of their own tells: a reminder, the alert of the budget, or what was decided of the account. */
const lettered: readonly HoldSource[] = ['dunning', 'budget', 'screening']

/** Whether a letter of its own already says that as much as this is held back: another hold beside it needs no second mail. */
async function isToldByLetter(ctx: TenantContext, { accountId, effect }: { accountId: string; effect: HoldEffect }): Promise<boolean> {
  const where = { tenantId: ctx.tenantId, accountId, effect, source: { in: [...lettered] }, liftedAt: null }
  return (await ctx.db.accountHold.count({ where })) > 0
}

/** Tells an account what holds it back now, or that nothing does any more. */
export async function tellHolds(ctx: TenantContext, accountId: string): Promise<void> {
  const [last] = await ctx.db.$queryRaw<{ at: Date; source: HoldSource }[]>`
    select greatest(placed_at, lifted_at) as at, source from account_holds
    where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid
    order by 1 desc, id desc limit 1`
  if (!last) return
  const effect = await effectOf(ctx, accountId)
  const [code, facts] = effect ? ['account-held', { effect }] : ['account-freed', {}]
  const key = `${code}:${accountId}:${last.at.toISOString()}`
  const isLettered = effect === null ? lettered.includes(last.source) : await isToldByLetter(ctx, { accountId, effect })
  await tellAccount(ctx, { accountId, topic: 'account', code, facts, key }, isLettered)
}
