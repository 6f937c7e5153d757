import type { TenantContext } from '#app/db/context.server.ts'
import { levelFollowers, readLevelLimits } from '#app/db/sellers/level-limits.server.ts'
import { type PartnerLevelRow, readLevelDiscounts, readPartnerLevels } from '#app/db/sellers/partner-levels.server.ts'
import {
  type ChargedSumRow,
  type OverdueRow,
  type ResellerRow,
  readChargedSums,
  readOverdue,
  readResellers,
  readTurnover,
  type TurnoverRow,
} from '#app/db/sellers/partner-standings.server.ts'
import { type Money, money, sum } from '#app/domain/money/money.ts'
import { costOfMove, type MoveCost } from '#app/domain/partner-level/cost-of-move.ts'
import { judgeLevel, type LevelMove, type LevelStanding, type UnmetRule } from '#app/domain/partner-level/judge-level.ts'
import { levelLimits } from '#app/domain/partner-level/level-limits.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

export type SimulateInput = {
  /** Today, where the seller is. Turnover and charges count up to the end of the month before. */
  readonly today: LocalDate
  /** How many whole months of charges the cost is worked out over. */
  readonly months: number
  /** From when on the discounts of the target level are taken. */
  readonly at: Date
}

/** What the rules make of one reseller, and what the move would have cost over the months looked at. */
export type SimulatedMove = {
  readonly accountId: string
  readonly name: string
  readonly currency: string
  readonly currentLevelId: string | null
  readonly targetLevelId: string
  readonly move: LevelMove
  readonly unmet: readonly UnmetRule[]
  /** Null for who stays. */
  readonly cost: MoveCost | null
  /** What it may owe now and at the target level; null for who stays, and where the contract has a limit of its own. */
  readonly limit: { readonly before: Money; readonly after: Money } | null
}

export type Simulation = {
  readonly moves: readonly SimulatedMove[]
  /** Per currency, what all movers together would have paid more; below zero less. */
  readonly totals: readonly Money[]
  /** First and last month that counted, `YYYY-MM`. */
  readonly from: string
  readonly until: string
}

/**
 * Who would move by the rules as they are, and what it costs: the charges of the last months at the target level's percentages.
 * Nothing is written. Charges are read as sums per scope and product group, however many there are.
 */
export async function simulateLevels(ctx: TenantContext, { today, months, at }: SimulateInput): Promise<Result<Simulation, 'no-level'>> {
  const levels = (await readPartnerLevels(ctx)).filter(({ status }) => status === 'active')
  if (levels.length === 0) return err('no-level')
  const thisMonth = today.slice(0, 7)
  const from = monthsBefore(thisMonth, months)
  const standings = await openStandings(ctx, levels, today)
  const discounts = await readLevelDiscounts(ctx)
  const limitOf = await openLimits(ctx, at)
  const sums = byAccount(await readChargedSums(ctx, { from, until: thisMonth }))
  const moves = (await readResellers(ctx)).map((reseller): SimulatedMove => {
    const { accountId, name, currency, levelId: currentLevelId } = reseller
    const { levelId: targetLevelId, move, unmet } = judgeLevel(levels, standings(reseller))
    const own = (sums.get(accountId) ?? []).filter((row) => row.currency === currency)
    const target = { discounts: discounts.filter(({ levelId }) => levelId === targetLevelId), at, currency }
    return {
      accountId,
      name,
      currency,
      currentLevelId,
      targetLevelId,
      move,
      unmet,
      cost: move === 'stays' ? null : costOfMove(own, target),
      limit: move === 'stays' ? null : limitOf(accountId, targetLevelId),
    }
  })
  return ok({ moves, totals: totalsOf(moves), from, until: monthsBefore(thisMonth, 1) })
}

/** What a reseller without a limit of its own may owe now, and at a level on the day of the move. */
async function openLimits(ctx: TenantContext, at: Date): Promise<(accountId: string, levelId: string) => SimulatedMove['limit']> {
  const followers = new Map((await levelFollowers(ctx)).map((follower) => [follower.accountId, follower]))
  const limits = await readLevelLimits(ctx)
  return (accountId, levelId) => {
    const before = followers.get(accountId)?.base
    if (!before) return null
    const spells = [{ levelId, validFrom: at, validTo: null }]
    return { before, after: levelLimits({ spells, limits, currency: before.currency, at })[0].limit }
  }
}

/** What the rules look at, for each reseller. */
export async function openStandings(
  ctx: TenantContext,
  levels: readonly PartnerLevelRow[],
  today: LocalDate,
): Promise<(reseller: ResellerRow) => LevelStanding> {
  const thisMonth = today.slice(0, 7)
  const from = monthsBefore(thisMonth, Math.max(...levels.map(({ turnoverMonths }) => turnoverMonths)))
  const turnover = await readTurnover(ctx, { from, until: thisMonth })
  const overdue = await readOverdue(ctx, { from, today })
  return ({ accountId, levelId }) =>
    standingOf({ levelId, thisMonth, turnover: ofAccount(turnover, accountId), overdue: ofAccount(overdue, accountId) })
}

type StandingFacts = {
  readonly levelId: string | null
  readonly thisMonth: string
  readonly turnover: readonly TurnoverRow[]
  readonly overdue: readonly OverdueRow[]
}

function standingOf({ levelId, thisMonth, turnover, overdue }: StandingFacts): LevelStanding {
  return {
    currentLevelId: levelId,
    turnover(months, currency) {
      const counted = turnover.filter((row) => row.currency === currency && row.month >= monthsBefore(thisMonth, months))
      return sum(
        currency,
        counted.map((row) => money(row.netMinor, currency)),
      )
    },
    overdueDays(months) {
      return overdue.filter((row) => row.month >= monthsBefore(thisMonth, months)).reduce((most, { days }) => Math.max(most, days), 0)
    },
  }
}

function ofAccount<Row extends { accountId: string }>(rows: readonly Row[], accountId: string): Row[] {
  return rows.filter((row) => row.accountId === accountId)
}

function byAccount(rows: readonly ChargedSumRow[]): Map<string, ChargedSumRow[]> {
  const groups = new Map<string, ChargedSumRow[]>()
  for (const row of rows) groups.set(row.accountId, [...(groups.get(row.accountId) ?? []), row])
  return groups
}

function totalsOf(moves: readonly SimulatedMove[]): Money[] {
  const differences = moves.flatMap(({ cost }) => cost?.difference ?? [])
  const currencies = [...new Set(differences.map(({ currency }) => currency))].sort()
  return currencies.map((currency) =>
    sum(
      currency,
      differences.filter((difference) => difference.currency === currency),
    ),
  )
}

/** The month `count` months before `month`, both `YYYY-MM`. */
export function monthsBefore(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const index = year * 12 + number - 1 - count
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}
