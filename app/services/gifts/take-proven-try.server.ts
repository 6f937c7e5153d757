import { takeTry } from '#app/db/catalog/redemptions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { spendChallenge } from '#app/db/people/spent-challenges.server.ts'
import { attemptWindowAt, provenAttemptsPerWindow } from '#app/domain/promo/attempt-window.ts'
import type { SolvedTask } from '#app/ports/human-check.ts'

export type ProvenTry = {
  readonly subjects: readonly string[]
  /** How many tries may fail in a window before each further one costs a proof of work. */
  readonly free: number
  /** What the form proved; null for nothing, and for a wrong or late answer. */
  readonly solved: SolvedTask | null
}

/**
 * Takes a try at a code for each of `subjects`: the first ones of a window are free, further ones cost a solved task each, up to a hundred.
 * `proof-needed`: a form that proves something may try on. Give the try back when the code was good.
 */
export async function takeProvenTry(
  ctx: TenantContext,
  { subjects, free, solved }: ProvenTry,
): Promise<'taken' | 'proof-needed' | 'too-many-tries'> {
  const start = attemptWindowAt(ctx.now)
  if (await takeTry(ctx, subjects, { start, limit: free })) return 'taken'
  if (!solved || !(await spendChallenge(ctx, solved))) return 'proof-needed'
  return (await takeTry(ctx, subjects, { start, limit: provenAttemptsPerWindow })) ? 'taken' : 'too-many-tries'
}
