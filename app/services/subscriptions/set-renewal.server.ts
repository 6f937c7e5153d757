import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { lockSubscription } from '#app/db/subscriptions/changed-subscriptions.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type SetRenewalInput = { readonly subscriptionId: string; readonly renews: boolean }

/** Says whether a fixed term begins again when it is over, or the subscription ends with it. */
export async function setRenewal(
  ctx: TenantContext,
  { subscriptionId, renews }: SetRenewalInput,
): Promise<Result<void, 'subscription-not-found' | 'no-fixed-term'>> {
  const subscription = await lockSubscription(ctx, subscriptionId)
  if (!subscription || subscription.state === 'ended') return err('subscription-not-found')
  if (!subscription.endsAt) return err('no-fixed-term')
  if (subscription.renews === renews) return ok(undefined)
  await ctx.db.subscription.updateMany({ where: { tenantId: ctx.tenantId, id: subscriptionId }, data: { renews } })
  const action = renews ? 'subscription.renewal-on' : 'subscription.renewal-off'
  await audit(ctx, { action, subjectKind: 'subscription', subjectId: subscriptionId })
  return ok(undefined)
}
