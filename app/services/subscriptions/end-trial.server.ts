import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { lockSubscription } from '#app/db/subscriptions/changed-subscriptions.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type EndTrialInput = { readonly subscriptionId: string; readonly outcome: 'convert' | 'stop' }

/**
 * Decides a trial that is still running: `convert` begins its fees now, `stop` ends the subscription with the trial, and nothing of
 * it is charged. A trial that nobody decides converts by itself.
 */
export async function endTrial(
  ctx: TenantContext,
  { subscriptionId, outcome }: EndTrialInput,
): Promise<Result<void, 'subscription-not-found' | 'no-trial'>> {
  const subscription = await lockSubscription(ctx, subscriptionId)
  if (!subscription || subscription.state === 'ended') return err('subscription-not-found')
  const { trialEndsAt } = subscription
  if (!trialEndsAt || trialEndsAt.getTime() <= ctx.now.getTime()) return err('no-trial')
  const data = outcome === 'convert' ? { trialEndsAt: ctx.now } : { endsAt: trialEndsAt, renews: false }
  await ctx.db.subscription.updateMany({ where: { tenantId: ctx.tenantId, id: subscriptionId }, data })
  await audit(ctx, { action: `subscription.trial-${outcome}`, subjectKind: 'subscription', subjectId: subscriptionId })
  return ok(undefined)
}
