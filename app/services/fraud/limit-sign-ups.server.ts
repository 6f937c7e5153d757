import type { TenantContext } from '#app/db/context.server.ts'
import { spendChallenge } from '#app/db/people/spent-challenges.server.ts'
import type { SolvedTask } from '#app/ports/human-check.ts'
import { limitVelocity } from './limit-velocity.server.ts'

export type LimitSignUpsInput = {
  readonly addressHash: string
  /** What the form proved; null without scripts, and for a wrong or late answer. */
  readonly solved: SolvedTask | null
}

/**
 * Counts a sign-up from a network address. A solved task counts for one sign-up and allows the seller's usual number of them; without one only a few
 * are let through, so that the form works without scripts. Null: it may go on; else when to try again.
 */
export async function limitSignUps(ctx: TenantContext, { addressHash, solved }: LimitSignUpsInput): Promise<Date | null> {
  const isProven = solved !== null && (await spendChallenge(ctx, solved))
  return limitVelocity(ctx, { kind: 'sign-up', addressHash, isProven })
}
