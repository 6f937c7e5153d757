import type { TenantContext } from '#app/db/context.server.ts'
import { lockPartnerLevels, readPartnerLevels } from '#app/db/sellers/partner-levels.server.ts'
import type { UnmetRule } from '#app/domain/partner-level/judge-level.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { addDays, type LocalDate, startOfDay } from '#app/domain/time/local-date.ts'
import { type AssignLevelError, assignLevel } from './assign-level.server.ts'
import { simulateLevels } from './simulate-levels.server.ts'

export type ApplyMovesInput = {
  readonly accountIds: readonly string[]
  readonly today: LocalDate
  readonly zone: string
  /** The day from which who rises buys at the new level; who falls keeps the old one for the days of grace on top. */
  readonly from: LocalDate
  /** Days of grace for all who fall; null: as each lost level says. */
  readonly graceDays: number | null
}
export type ApplyMovesError = 'no-level' | 'nobody-moves' | 'starts-in-the-past' | AssignLevelError
export type AppliedMoves = { readonly risen: number; readonly fallen: number }

/** Why a level is lost, as it stands at the assignment; `partner:reason.<code>` says it in words. */
export const moveReasons = ['level-earned', 'turnover-missed', 'paid-late'] as const
export type MoveReason = (typeof moveReasons)[number]

/**
 * Moves the chosen resellers to the levels they earn by now, all or none: who rises from the start of the day `from`, who falls
 * after the grace. The rules are judged again at this moment. Refuses a day that has begun, and a choice in which nobody moves.
 */
export async function applyMoves(ctx: TenantContext, input: ApplyMovesInput): Promise<Result<AppliedMoves, ApplyMovesError>> {
  const { accountIds, today, zone, from, graceDays } = input
  if (from < today) return err('starts-in-the-past')
  await lockPartnerLevels(ctx)
  const simulated = await simulateLevels(ctx, { today, months: 1, at: startOfDay(from, zone) })
  if (!simulated.ok) return simulated
  const grace = new Map((await readPartnerLevels(ctx)).map((level) => [level.id, level.graceDays]))
  const moves = simulated.value.moves.filter(({ accountId, move }) => move !== 'stays' && accountIds.includes(accountId))
  if (moves.length === 0) return err('nobody-moves')

  for (const { accountId, targetLevelId, currentLevelId, move, unmet } of moves) {
    const days = move === 'falls' ? (graceDays ?? grace.get(currentLevelId ?? '') ?? 0) : 0
    const begins = startOfDay(addDays(from, days), zone)
    const validFrom = begins < ctx.now ? ctx.now : begins
    const assigned = await assignLevel(ctx, { accountId, levelId: targetLevelId, validFrom, reason: reasonOf(move, unmet) })
    if (!assigned.ok) return assigned
  }
  const risen = moves.filter(({ move }) => move === 'rises').length
  return ok({ risen, fallen: moves.length - risen })
}

function reasonOf(move: string, unmet: readonly UnmetRule[]): MoveReason {
  if (move === 'rises') return 'level-earned'
  return unmet.some(({ rule }) => rule === 'turnover') ? 'turnover-missed' : 'paid-late'
}
