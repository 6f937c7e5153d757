import { insertFees } from '#app/db/charges/fee-charges.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { contractsWithUnseenFees, markFeesSeen, subscriptionsSince } from '#app/db/credit/credit-positions.server.ts'
import { contractsById, lockContracts } from '#app/db/documents/billing-facts.server.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { dueFees } from '../billing/due-fees.server.ts'

const dayMs = 86_400_000
/** What a job that stood still missed is made up for. */
const lookBackMs = 7 * dayMs
/** A service that has just begun is invoiced with its order where the seller does so; until then its reservation stands for it. */
const freshMs = 3_600_000
const pageSize = 100

/**
 * Charges the fees of contracts that have fallen due, so that what is owed counts from the first instant of a service period and not from the
 * run that invoices it: of the contracts named, else of the next ones. Each contract is looked at once a day of the seller, as fees fall due when
 * its days begin. Safe to repeat. `isDone` when nothing was left.
 */
export async function chargeDueFees(
  ctx: TenantContext,
  { contractIds = null }: { readonly contractIds?: readonly string[] | null } = {},
): Promise<{ readonly isDone: boolean }> {
  const { timeZone } = await sellerOf(ctx)
  const today = localDateOf(ctx.now, timeZone)
  const ids = await contractsWithUnseenFees(ctx, { today, contractIds, limit: pageSize })
  if (ids.length === 0) return { isDone: true }
  await lockContracts(ctx, ids)
  const contracts = await contractsById(ctx, ids)
  const instant = { start: ctx.now, end: ctx.now }
  const reach = { start: new Date(ctx.now.getTime() - lookBackMs), end: new Date(ctx.now.getTime() + 1) }
  const due = await dueFees(ctx, { contracts, zone: timeZone, periodOf: () => instant, spanOf: () => reach })
  const fresh = new Set(await subscriptionsSince(ctx, ids, new Date(ctx.now.getTime() - freshMs)))
  await insertFees(
    ctx,
    due.filter(({ rated }) => rated.meter === null && !fresh.has(rated.subscriptionId ?? '')),
  )
  await markFeesSeen(ctx, ids, today)
  return { isDone: ids.length < pageSize }
}
