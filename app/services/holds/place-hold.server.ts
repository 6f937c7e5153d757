import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { endHold, insertHold, lockAccount, standingEffect } from '#app/db/people/account-holds.server.ts'
import type { HoldEffect, HoldSource } from '#app/domain/hold/hold-effect.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type PlaceHoldInput = {
  readonly accountId: string
  readonly source: HoldSource
  readonly effect: HoldEffect
  /** A word the product knows (`overdue`, `limit`, `budget`, `dispute`); of staff, what they say themselves. Up to 500 characters. */
  readonly reason: string
  /** By which whoever placed it finds it again. One hold per key stands at a time. */
  readonly key: string
}

/**
 * Holds an account back from now on; a job stops its services where the effect says so. Placed again with the same effect it changes
 * nothing, with another effect that one takes the place of the first. `isNew` says whether anything changed. Runs in the office's scope.
 */
export async function placeHold(ctx: TenantContext, hold: PlaceHoldInput): Promise<Result<{ isNew: boolean }, 'account-not-found'>> {
  const { accountId, source, effect, reason, key } = hold
  if (!(await lockAccount(ctx, accountId))) return err('account-not-found')
  const standing = await standingEffect(ctx, hold)
  if (standing === effect) return ok({ isNew: false })
  if (standing !== null) await endHold(ctx, hold)
  await insertHold(ctx, { accountId, source, effect, reason, key })
  await enqueue(ctx, { name: 'account/holds.changed', data: { tenantId: ctx.tenantId, accountId } })
  await audit(ctx, { action: 'hold.placed', subjectKind: 'account', subjectId: accountId, detail: { source, effect, reason, key } })
  return ok({ isNew: true })
}
