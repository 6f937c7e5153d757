import type { TenantContext } from '#app/db/context.server.ts'
import { readLevelLimits } from '#app/db/sellers/level-limits.server.ts'
import {
  type LevelDiscountRow,
  type PartnerLevelRow,
  readLevelDiscounts,
  readPartnerLevels,
  readProductGroups,
} from '#app/db/sellers/partner-levels.server.ts'
import { type ResellerRow, readResellers } from '#app/db/sellers/partner-standings.server.ts'
import type { LevelLimit } from '#app/domain/partner-level/level-limits.ts'
import type { LevelOverview, LevelsOverview, ShownDiscount, ShownLimit } from './shape.ts'

/** The seller's levels, the best first, with their discounts and who has them. */
export async function readLevelsOverview(ctx: TenantContext): Promise<LevelsOverview> {
  const levels = (await readPartnerLevels(ctx)).filter(({ status }) => status === 'active')
  const discounts = await readLevelDiscounts(ctx)
  const limits = await readLevelLimits(ctx)
  const resellers = await readResellers(ctx)
  const nameOf = (id: string | null) => levels.find((level) => level.id === id)?.name ?? null
  return {
    levels: levels.map((level) => toOverview(level, { now: ctx.now, discounts, limits, resellers })).sort((a, b) => b.rank - a.rank),
    resellers: resellers.map(({ levelId, levelSince, nextLevelId, nextLevelFrom, contractId: _, ...reseller }) => ({
      ...reseller,
      level: nameOf(levelId),
      since: levelSince,
      nextLevel: nameOf(nextLevelId),
      nextFrom: nextLevelFrom,
    })),
    productGroups: [...new Set((await readProductGroups(ctx)).values())].sort(),
  }
}

type OverviewFacts = {
  readonly now: Date
  readonly discounts: readonly LevelDiscountRow[]
  readonly limits: readonly LevelLimit[]
  readonly resellers: readonly ResellerRow[]
}

function toOverview({ status: _, ...level }: PartnerLevelRow, { now, discounts, limits, resellers }: OverviewFacts): LevelOverview {
  const own = discounts.filter(({ levelId, validTo }) => levelId === level.id && (validTo === null || validTo > now))
  return {
    ...level,
    discounts: own.filter(({ validFrom }) => validFrom <= now).map((row) => shown(row, null)),
    announced: own.filter(({ validFrom }) => validFrom > now).map((row) => shown(row, row.validFrom)),
    limits: shownLimits(
      limits.filter(({ levelId }) => levelId === level.id),
      now,
    ),
    resellers: resellers.filter(({ levelId }) => levelId === level.id).length,
  }
}

/** In each currency the limit that holds, and those that are to begin. */
function shownLimits(limits: readonly LevelLimit[], now: Date): ShownLimit[] {
  return limits.flatMap(({ limit, validFrom }, place) => {
    if (validFrom > now) return { limit, from: validFrom }
    const next = limits[place + 1]
    const isReplaced = next?.limit.currency === limit.currency && next.validFrom <= now
    return isReplaced ? [] : { limit, from: null }
  })
}

function shown({ scope, productGroup, percent }: LevelDiscountRow, from: Date | null): ShownDiscount {
  return { scope, productGroup, percent: percent.toFixed(), from }
}
