import type { TenantContext } from '#app/db/context.server.ts'
import { decideRisk, riskAccount, standingOfSignUp } from '#app/db/people/risk-screenings.server.ts'
import { holdKeyOf, type RiskKind } from '#app/domain/fraud/risk-hold.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { liftHold } from '../holds/lift-hold.server.ts'
import { placeHold } from '../holds/place-hold.server.ts'
import { type ReviewOrderError, reviewOrder } from './review-order.server.ts'
import { reviewSignUp } from './review-sign-up.server.ts'

export type RiskDeed = { readonly kind: RiskKind; readonly id: string; readonly note: string }

/** Holds the account of a sign-up, an order or a payment: it orders nothing until that is cleared, and what runs goes on. Safe to repeat. */
export async function holdRisk(ctx: TenantContext, { kind, id, note }: RiskDeed): Promise<Result<null, 'not-found'>> {
  const accountId = await riskAccount(ctx, kind, id)
  if (!accountId) return err('not-found')
  const hold = { source: 'screening', effect: 'block-orders', reason: note, key: holdKeyOf(kind, id) } as const
  const placed = await placeHold(ctx, { accountId, ...hold })
  return placed.ok ? ok(null) : err('not-found')
}

/** Clears a sign-up, an order or a payment: lifts its hold, and lets go on what waits for it. */
export async function clearRisk(ctx: TenantContext, { kind, id, note }: RiskDeed): Promise<Result<null, 'not-found' | ReviewOrderError>> {
  const accountId = await riskAccount(ctx, kind, id)
  if (!accountId) return err('not-found')
  const standing = kind === 'sign-up' ? await standingOfSignUp(ctx, accountId) : null
  if (standing === 'review' || standing === 'refuse') return reviewSignUp(ctx, { accountId, decision: 'pass', note, words: null })
  const isLifted = await liftHold(ctx, { accountId, key: holdKeyOf(kind, id) })
  if (kind !== 'order') {
    await decideRisk(ctx, { id, decision: 'pass', note })
    return ok(null)
  }
  return isLifted ? ok(null) : reviewOrder(ctx, { orderId: id, decision: 'pass', note })
}
