import type { TenantContext } from '#app/db/context.server.ts'
import { readPartnerLevels } from '#app/db/sellers/partner-levels.server.ts'
import { type AssignmentRow, readComingMoves, readResellers, readUnloggedMoves } from '#app/db/sellers/partner-standings.server.ts'
import { findTenant, listTenants } from '#app/db/sellers/tenants.server.ts'
import { type LevelRules, unmetRules } from '#app/domain/partner-level/judge-level.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { followLevels } from '../credit/follow-level.server.ts'
import { requestOfferPublication } from '../offers/request-publication.server.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { moveReasons } from './apply-moves.server.ts'
import { assignLevel, logMove } from './assign-level.server.ts'
import { refreshLevelBooks } from './refresh-level-books.server.ts'
import { openStandings } from './simulate-levels.server.ts'

/** What a day's look at the levels did: moves that took place, resellers that kept their level after all, versions of buy lists. */
export type MovedLevels = { readonly moved: number; readonly kept: number; readonly versions: number }

/** Ids of the sellers whose resellers may move. */
export async function sellersWithLevels(): Promise<string[]> {
  return (await listTenants()).filter((tenant) => tenant.status === 'active').map((tenant) => tenant.tenantId)
}

/**
 * The daily look at one seller's levels: who was to fall because of the rules and fulfils them again within its grace keeps the
 * level; moves whose day has come are noted with their reason; buy lists follow their list. Safe to repeat.
 */
export async function moveDueLevels(process: TenantProcess<object>): Promise<MovedLevels> {
  const seller = await findTenant(process.tenantId)
  if (!seller) return { moved: 0, kept: 0, versions: 0 }
  return process.inTenant(async (ctx) => {
    const kept = await keepWhoRecovered(ctx, localDateOf(ctx.now, seller.timeZone))
    const moves = await readUnloggedMoves(ctx)
    for (const { id, accountId, levelId, formerLevelId, validFrom, reason } of moves)
      await logMove(ctx, { id, accountId, levelId, formerLevelId, validFrom, reason })
    await followLevels(ctx)
    const versions = await refreshLevelBooks(ctx)
    if (versions > 0) await requestOfferPublication(ctx)
    return { moved: moves.length, kept, versions }
  })
}

/** A move that a person ordered for reasons of its own is left alone. */
const byRules: ReadonlySet<string> = new Set(moveReasons)

async function keepWhoRecovered(ctx: TenantContext, today: string): Promise<number> {
  const coming = (await readComingMoves(ctx)).filter(({ reason }) => byRules.has(reason))
  if (coming.length === 0) return 0
  const levels = await readPartnerLevels(ctx)
  const standings = await openStandings(ctx, levels, today)
  const resellers = await readResellers(
    ctx,
    coming.map(({ accountId }) => accountId),
  )
  let kept = 0
  for (const move of coming) {
    const former = formerOf(levels, move)
    const reseller = resellers.find(({ accountId }) => accountId === move.accountId)
    if (!former || !reseller || unmetRules(former, standings(reseller)).length > 0) continue
    const { accountId, validFrom } = move
    const assigned = await assignLevel(ctx, { accountId, levelId: former.id, validFrom, reason: 'recovered' })
    if (assigned.ok) kept += 1
  }
  return kept
}

/** The level a coming move would take away; undefined when it is not a fall. */
function formerOf(levels: readonly LevelRules[], { levelId, formerLevelId }: AssignmentRow): LevelRules | undefined {
  const [former, next] = [levels.find(({ id }) => id === formerLevelId), levels.find(({ id }) => id === levelId)]
  return former && next && next.rank < former.rank ? former : undefined
}
