import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { moveChange, openChanges, readChange } from '#app/db/subscriptions/subscription-changes.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { changedItemsOf } from './change-facts.server.ts'
import { type PlanChangeError, planChange } from './plan-change.server.ts'
import { letItApply } from './request-change.server.ts'

export type DecideChangeInput = { readonly subscriptionId: string; readonly changeId: string }
export type AcceptChangeError = PlanChangeError | 'change-not-found' | 'change-pending'

/**
 * The buyer accepts what the seller proposed: it is made at the proposed instant, or at once when that has gone by. Repeating it
 * changes nothing.
 */
export async function acceptChange(
  ctx: TenantContext,
  input: DecideChangeInput,
): Promise<Result<{ effectiveAt: Date }, AcceptChangeError>> {
  const known = await readChange(ctx, input.changeId)
  if (!known || known.subscriptionId !== input.subscriptionId) return err('change-not-found')
  if (known.state === 'scheduled' || known.state === 'applied') return ok({ effectiveAt: known.effectiveAt })
  if (known.state !== 'proposed') return err('change-not-found')

  const planned = await planChange(ctx, { ...input, change: known.change, when: 'now', chosenBy: 'seller' })
  if (!planned.ok) return planned
  if ((await openChanges(ctx, input.subscriptionId)).some(({ state }) => state === 'scheduled')) return err('change-pending')
  const effectiveAt = known.effectiveAt.getTime() > ctx.now.getTime() ? known.effectiveAt : ctx.now
  const then = await changedItemsOf(ctx, planned.value.subscription, { change: known.change, at: effectiveAt })
  if (!then.ok) return then

  await moveChange(ctx, known.id, { from: ['proposed'], to: 'scheduled', effectiveAt })
  await letItApply(ctx, known.id)
  await audit(ctx, {
    action: 'subscription.change-accepted',
    subjectKind: 'subscription',
    subjectId: known.subscriptionId,
    detail: { changeId: known.id, effectiveAt: effectiveAt.toISOString() },
  })
  return ok({ effectiveAt })
}
