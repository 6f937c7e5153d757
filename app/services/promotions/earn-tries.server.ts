import { giveTryBack, takeTry } from '#app/db/catalog/redemptions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { spendChallenge } from '#app/db/people/spent-challenges.server.ts'
import { attemptWindowAt, provenTasksPerWindow, triesPerTask } from '#app/domain/promo/attempt-window.ts'
import type { SolvedTask } from '#app/ports/human-check.ts'

export type EarnTriesInput = {
  /** Null for a visitor. */
  readonly accountId: string | null
  readonly addressHash: string
  /** What the form proved. */
  readonly solved: SolvedTask
}

/**
 * Gives an account and a network address a few tries at promotion codes back for a task that was solved: as many as one order looks at its
 * codes. False when the task was spent before, and once a quarter of an hour has had enough of them.
 */
export async function earnTries(ctx: TenantContext, { accountId, addressHash, solved }: EarnTriesInput): Promise<boolean> {
  const start = attemptWindowAt(ctx.now)
  const subjects = [...(accountId ? [`account:${accountId}`] : []), `address:${addressHash}`]
  if (!(await spendChallenge(ctx, solved))) return false
  const tasks = subjects.map((subject) => `task:${subject}`)
  if (!(await takeTry(ctx, tasks, { start, limit: provenTasksPerWindow }))) return false
  await giveTryBack(ctx, subjects, start, triesPerTask)
  return true
}
