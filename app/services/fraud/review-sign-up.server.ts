import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { lockAccount } from '#app/db/people/account-holds.server.ts'
import { readFraudSettings } from '#app/db/people/fraud-settings.server.ts'
import { decideRisk, openReviewsOf, standingOfSignUp } from '#app/db/people/risk-screenings.server.ts'
import { holdKeyOf, holdReasons } from '#app/domain/fraud/risk-hold.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { tellAccountForSure } from '../budgets/tell-account.server.ts'
import { liftHold } from '../holds/lift-hold.server.ts'
import { placeHold } from '../holds/place-hold.server.ts'
import { reviewOrder } from './review-order.server.ts'

export type ReviewSignUpInput = {
  readonly accountId: string
  readonly decision: 'pass' | 'refuse'
  /** Why, for the office alone. */
  readonly note: string
  /** What the person is told beside the decision; nothing when null. */
  readonly words: string | null
}

/**
 * A person clears a sign-up that waits or was refused, or refuses one that waits. The holder is told by mail; what the account ordered
 * meanwhile goes on where it waits for nothing else, or ends. Runs in the office's scope.
 */
export async function reviewSignUp(ctx: TenantContext, input: ReviewSignUpInput): Promise<Result<null, 'review-not-open'>> {
  const { accountId, decision, note, words } = input
  if (!(await lockAccount(ctx, accountId))) return err('review-not-open')
  const standing = await standingOfSignUp(ctx, accountId)
  if (standing !== 'review' && !(standing === 'refuse' && decision === 'pass')) return err('review-not-open')
  await decideRisk(ctx, { id: accountId, decision, note })
  const key = holdKeyOf('sign-up', accountId)
  await liftHold(ctx, { accountId, key })
  if (decision === 'refuse')
    await placeHold(ctx, { accountId, source: 'screening', effect: 'block-orders', reason: holdReasons.refused, key })
  await followOrders(ctx, input)
  const told = { topic: 'account', code: 'sign-up-decided', facts: { decision, words } } as const
  await tellAccountForSure(ctx, { accountId, ...told, key: `sign-up-decided:${accountId}:${ctx.now.toISOString()}` })
  await audit(ctx, { action: 'sign-up.reviewed', subjectKind: 'account', subjectId: accountId, detail: { decision, note, words } })
  return ok(null)
}

/** Orders that wait with the account: of one that is cleared those go on that the rules find nothing about, of a refused one all end. */
async function followOrders(ctx: TenantContext, { accountId, decision, note }: ReviewSignUpInput): Promise<void> {
  const { reviewScore } = await readFraudSettings(ctx)
  const open = await openReviewsOf(ctx, accountId)
  for (const { orderId, score } of open)
    if (decision === 'refuse' || score < reviewScore) await reviewOrder(ctx, { orderId, decision, note })
}
