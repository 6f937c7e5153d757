import type { TenantContext } from '#app/db/context.server.ts'
import { effectOf } from '../holds/effect-of.server.ts'
import { tellAccount } from './tell-account.server.ts'

/** Tells an account that money could not be taken by a way to pay it has saved; a payer at a gateway's page has seen it there. */
export async function tellFailedPayment(ctx: TenantContext, attemptId: string): Promise<void> {
  const attempt = await ctx.db.paymentAttempt.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: attemptId } },
    select: { accountId: true, kind: true, state: true, amountMinor: true, currency: true },
  })
  if (attempt?.kind !== 'off-session' || attempt.state !== 'failed') return
  const amount = { minor: attempt.amountMinor.toString(), currency: attempt.currency }
  await tellAccount(ctx, {
    ...{ accountId: attempt.accountId, topic: 'payment', code: 'payment-failed' },
    ...{ facts: { amount }, key: `payment-failed:${attemptId}` },
  })
}

/** Tells an account what holds it back now, or that nothing does any more. */
export async function tellHolds(ctx: TenantContext, accountId: string): Promise<void> {
  const [last] = await ctx.db.$queryRaw<{ at: Date }[]>`
    select greatest(max(placed_at), max(lifted_at)) as at from account_holds
    where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid having count(*) > 0`
  if (!last) return
  const effect = await effectOf(ctx, accountId)
  const [code, facts] = effect ? ['account-held', { effect }] : ['account-freed', {}]
  const key = `${code}:${accountId}:${last.at.toISOString()}`
  await tellAccount(ctx, { accountId, topic: 'account', code, facts, key })
}
