import { audit } from '#app/db/audit.server.ts'
import { setContractLayer } from '#app/db/catalog/contract-price-books.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readLevelBooks, readPartnerLevels } from '#app/db/sellers/partner-levels.server.ts'
import { assignPartnerLevel, readResellers } from '#app/db/sellers/partner-standings.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { followLevels } from '../credit/follow-level.server.ts'
import { requestOfferPublication } from '../offers/request-publication.server.ts'

export type AssignLevelInput = {
  readonly accountId: string
  readonly levelId: string
  /** The first instant at which the reseller buys at the level's prices. */
  readonly validFrom: Date
  readonly reason: string
}
export type AssignLevelError = 'reseller-not-found' | 'level-not-found' | 'no-list-in-currency'

/**
 * Gives a reseller a level from a date on: its contract's partner-level layer becomes the level's buy list in the contract's
 * currency. What was bought before keeps its price, also when its usage arrives later; a level that was to begin afterwards
 * becomes this one. The reseller learns its new buy prices by a job. Refuses a level without a list in the contract's currency.
 */
export async function assignLevel(
  ctx: TenantContext,
  input: AssignLevelInput,
): Promise<Result<{ readonly assignmentId: string }, AssignLevelError>> {
  const { accountId, levelId, validFrom, reason } = input
  const [reseller] = await readResellers(ctx, [accountId])
  if (!reseller) return err('reseller-not-found')
  if (!(await readPartnerLevels(ctx)).some(({ id, status }) => id === levelId && status === 'active')) return err('level-not-found')
  const book = (await readLevelBooks(ctx)).find((row) => row.levelId === levelId && row.currency === reseller.currency)
  if (!book) return err('no-list-in-currency')

  const assignmentId = await assignPartnerLevel(ctx, input)
  await setContractLayer(ctx, { accountId, contractId: reseller.contractId, priceBookId: book.id, layer: 2, validFrom, reason })
  await followLevels(ctx, [accountId])
  await requestOfferPublication(ctx)
  const detail = { levelId, formerLevelId: reseller.levelId, validFrom: validFrom.toISOString(), reason }
  await audit(ctx, { action: 'partner-level.assigned', subjectKind: 'account', subjectId: accountId, detail })
  if (validFrom <= ctx.now) await logMove(ctx, { id: assignmentId, accountId, levelId, formerLevelId: reseller.levelId, validFrom, reason })
  return ok({ assignmentId })
}

export type LoggedMove = {
  readonly id: string
  readonly accountId: string
  readonly levelId: string
  readonly formerLevelId: string | null
  readonly validFrom: Date
  readonly reason: string
}

/** Notes that a reseller has moved, and why. */
export async function logMove(ctx: TenantContext, { id, validFrom, ...move }: LoggedMove): Promise<void> {
  const detail = { ...move, validFrom: validFrom.toISOString() }
  await audit(ctx, { action: 'partner-level.moved', subjectKind: 'partner-level-assignment', subjectId: id, detail })
}
