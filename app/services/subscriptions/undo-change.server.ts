import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { moveChange, readChange } from '#app/db/subscriptions/subscription-changes.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { DecideChangeInput } from './accept-change.server.ts'

/** Takes back a change that was proposed or waits for its instant. One that was made stays; undone twice is undone. */
export async function undoChange(
  ctx: TenantContext,
  input: DecideChangeInput,
): Promise<Result<void, 'change-not-found' | 'change-already-made'>> {
  const known = await readChange(ctx, input.changeId)
  if (!known || known.subscriptionId !== input.subscriptionId) return err('change-not-found')
  if (known.state === 'cancelled') return ok(undefined)
  if (!(await moveChange(ctx, known.id, { from: ['proposed', 'scheduled'], to: 'cancelled' }))) return err('change-already-made')
  await audit(ctx, {
    action: 'subscription.change-undone',
    subjectKind: 'subscription',
    subjectId: known.subscriptionId,
    detail: { changeId: known.id, change: known.change },
  })
  return ok(undefined)
}
