import type { Money } from '../money/money.ts'
import { invariant } from '../shared/invariant.ts'

/** A tier of resellers: what it takes to reach and keep it. The higher rank is the better level. */
export type LevelRules = {
  readonly id: string
  readonly rank: number
  /** Net of the invoices of the last `turnoverMonths` whole months; null: any. */
  readonly minTurnover: Money | null
  readonly turnoverMonths: number
  /** The longest an invoice of that time may have been unpaid after its due date; null: any. */
  readonly maxOverdueDays: number | null
  /** Days that a reseller keeps the level after it no longer fulfils it. */
  readonly graceDays: number
}

/** One reseller as the rules see it. */
export type LevelStanding = {
  readonly currentLevelId: string | null
  /** Net invoiced over the last `months` whole months, in `currency` alone. */
  turnover(months: number, currency: string): Money
  /** Longest time an invoice of the last `months` months was unpaid after its due date, in days; zero when none was. */
  overdueDays(months: number): number
}

export type UnmetRule =
  | { readonly rule: 'turnover'; readonly needed: Money; readonly reached: Money; readonly months: number }
  | { readonly rule: 'overdue'; readonly allowedDays: number; readonly days: number }

export type LevelMove = 'stays' | 'rises' | 'falls'

/** What the rules make of a reseller. `unmet` says why the next better level is out of reach, or why the present one is lost. */
export type LevelVerdict = { readonly levelId: string; readonly move: LevelMove; readonly unmet: readonly UnmetRule[] }

/**
 * The level a reseller earns: the best one whose rules it fulfils, else the lowest there is. `levels` are those that can be
 * had. @throws InvariantError without any level.
 */
export function judgeLevel(levels: readonly LevelRules[], standing: LevelStanding): LevelVerdict {
  const ranked = [...levels].sort((a, b) => b.rank - a.rank)
  const earned = ranked.find((level) => unmetRules(level, standing).length === 0) ?? ranked.at(-1)
  invariant(earned, 'judgeLevel: there is no level')
  const current = levels.find((level) => level.id === standing.currentLevelId)
  const move = moveOf(current, earned)
  const lost = move === 'falls' ? current : ranked.filter((level) => level.rank > earned.rank).at(-1)
  return { levelId: earned.id, move, unmet: lost ? unmetRules(lost, standing) : [] }
}

/** The rules of `level` that the reseller does not fulfil. */
export function unmetRules(level: LevelRules, standing: LevelStanding): UnmetRule[] {
  const unmet: UnmetRule[] = []
  const { minTurnover: needed, turnoverMonths: months, maxOverdueDays: allowedDays } = level
  if (needed) {
    const reached = standing.turnover(months, needed.currency)
    if (reached.minor < needed.minor) unmet.push({ rule: 'turnover', needed, reached, months })
  }
  if (allowedDays !== null) {
    const days = standing.overdueDays(months)
    if (days > allowedDays) unmet.push({ rule: 'overdue', allowedDays, days })
  }
  return unmet
}

function moveOf(current: LevelRules | undefined, earned: LevelRules): LevelMove {
  if (current?.id === earned.id) return 'stays'
  return current && earned.rank < current.rank ? 'falls' : 'rises'
}
