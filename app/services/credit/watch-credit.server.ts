import type { TenantContext } from '#app/db/context.server.ts'
import {
  clearCrossings,
  insertCrossings,
  positionsToWatch,
  readThresholds,
  spentLately,
  standingSteps,
  type WatchedPosition,
} from '#app/db/credit/credit-crossings.server.ts'
import { positionsOf, withoutDunningFees } from '#app/db/credit/credit-positions.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { usedPercent } from '#app/domain/credit/exposure.ts'
import { daysLeft } from '#app/domain/credit/forecast.ts'
import { type CreditStep, stepsAt } from '#app/domain/credit/thresholds.ts'
import type { Money } from '#app/domain/money/money.ts'
import { tellAccount } from '../budgets/tell-account.server.ts'
import { liftHold } from '../holds/lift-hold.server.ts'
import { placeHold } from '../holds/place-hold.server.ts'
import { paymentModeOf } from '../wallet/payment-mode.server.ts'
import { noteDocumentTax } from './document-tax.server.ts'
import { type Exposure, exposureAt } from './read-exposure.server.ts'

const pageSize = 100
/** Over how many days the present rate is taken. */
export const rateDays = 7

/** By which the hold of a limit is found again. */
const holdKey = 'credit-limit'

export type WatchedPage = { readonly lastId: string | null; readonly crossed: number }

/**
 * Takes the steps that the use of limits calls for at the next positions of a tenant, or at one account: notes warnings once per crossing, and
 * places or lifts what holds the account back. Safe to repeat. `lastId` is null when nothing was left.
 */
export async function watchCredit(
  ctx: TenantContext,
  { accountId = null, afterId = null }: { readonly accountId?: string | null; readonly afterId?: string | null } = {},
): Promise<WatchedPage> {
  const watched = await positionsToWatch(ctx, { accountId, afterId, limit: pageSize })
  await noteDocumentTax(ctx, [...new Set(watched.map(({ contractId }) => contractId))])
  let crossed = 0
  for (const position of watched) crossed += await watchOne(ctx, position)
  return { lastId: watched.length < pageSize ? null : (watched.at(-1)?.id ?? null), crossed }
}

/** Forgets the steps of a limit that is no more, and lifts what held the account back by it. */
export async function endWatch(ctx: TenantContext, { positionId, accountId }: { positionId: string; accountId: string }): Promise<void> {
  await clearCrossings(ctx, positionId, [...(await standingSteps(ctx, positionId)).keys()])
  await liftHold(ctx, { accountId, key: holdKey })
}

async function watchOne(ctx: TenantContext, watched: WatchedPosition): Promise<number> {
  const known = (await positionsOf(ctx, [watched.accountId])).get(watched.accountId)
  if (!known) return 0
  const position = withoutDunningFees(known)
  const { needsBalance } = await paymentModeOf(ctx, watched.contractId)
  const { exposure, limit, available } = exposureAt(needsBalance ? { ...position, limit: { ...position.limit, minor: 0n } } : position)
  const before = await standingSteps(ctx, watched.id)
  const thresholds = await readThresholds(ctx, watched)
  const used = usedPercent(limit, exposure)
  const left = used === null ? daysLeft(available, { spentMinor: await spentLately(ctx, watched, rateDays), days: rateDays }) : null
  const now = stepsAt(thresholds, { used, availableMinor: available.minor, daysLeft: left }, { steps: before, now: ctx.now })

  const begun = [...now].filter((step) => !before.has(step))
  const over = [...before.keys()].filter((step) => !now.has(step))
  if (begun.length === 0 && over.length === 0) return 0
  await moveHold(ctx, watched.accountId, now)
  const crossing = { positionId: watched.id, accountId: watched.accountId, exposureMinor: exposure.minor, limitMinor: limit.minor }
  const crossed = await insertCrossings(ctx, crossing, begun)
  await clearCrossings(ctx, watched.id, over)
  await wakeStaff(ctx, crossed)
  if (begun.some((step) => step.startsWith('warn'))) await warn(ctx, watched, { available, limit })
  return begun.length
}

/** The hardest of the steps that were crossed at once is what the seller's staff is told. */
async function wakeStaff(ctx: TenantContext, crossed: readonly { readonly id: string; readonly step: CreditStep }[]): Promise<void> {
  const told = crossed.filter(({ step }) => step !== 'over')
  const hardest = told.find(({ step }) => step === 'suspend') ?? told.find(({ step }) => step === 'block') ?? told.at(-1)
  if (hardest) await enqueue(ctx, { name: 'credit/crossed', data: { tenantId: ctx.tenantId, crossingId: hardest.id } })
}

/** Tells the account that little is left, once per crossing; that orders or services stop is told with what stops them. */
async function warn(
  ctx: TenantContext,
  { id, accountId }: WatchedPosition,
  standing: Pick<Exposure, 'available' | 'limit'>,
): Promise<void> {
  const told = ({ minor, currency }: Money) => ({ minor: minor.toString(), currency })
  const facts = { available: told(standing.available), limit: told(standing.limit) }
  await tellAccount(ctx, { accountId, topic: 'spend', code: 'credit-low', facts, key: `credit-low:${id}:${ctx.now.toISOString()}` })
}

/** What the steps do to the account: services stop, orders stop, or nothing any more. */
async function moveHold(ctx: TenantContext, accountId: string, steps: ReadonlySet<CreditStep>): Promise<void> {
  if (!steps.has('block')) {
    await liftHold(ctx, { accountId, key: holdKey })
    return
  }
  const effect = steps.has('suspend') ? 'suspend-services' : 'block-orders'
  await placeHold(ctx, { accountId, source: 'credit', effect, reason: 'limit', key: holdKey })
}
