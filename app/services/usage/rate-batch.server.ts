import { insertCharges, type NewCharge } from '#app/db/charges/charges.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type NewQuarantine, quarantineUsage } from '#app/db/usage/usage-quarantine.server.ts'
import { lockRatingContracts, saveCounters, type UnratedUsage } from '#app/db/usage/usage-rating.server.ts'
import { readSettledUsage } from '#app/db/usage/usage-stretch.server.ts'
import type { RatedCharge } from '#app/domain/rating/charge.ts'
import type { UsageCounter } from '#app/domain/rating/counters.ts'
import { type RatingOutcome, rateUsage } from '#app/domain/rating/rate-usage.ts'
import type { UsageToRate } from '#app/domain/rating/terms.ts'
import { gatherSides, type RatingSide, type SideUsage } from './rating-sides.server.ts'

export type RateOutcome = { readonly charges: number; readonly refused: number }

/**
 * Rates a stretch of a batch under the contract of each record's account: charges, counters and refusals are saved together,
 * set-based, whatever its size. A record rated before is passed over, so that a repeat after a crash goes on where the last commit
 * was; whoever rates under the same contract waits. The stretch may have been read earlier, in another transaction.
 */
export async function rateStretch(ctx: TenantContext, batchId: string, stretch: readonly UnratedUsage[]): Promise<RateOutcome> {
  if (stretch.length === 0) return { charges: 0, refused: 0 }
  const contracts = await lockRatingContracts(ctx, [...new Set(stretch.map((record) => record.accountId))])
  const settled = await readSettledUsage(ctx, stretch)
  const usage = settled.size === 0 ? stretch : stretch.filter((record) => !settled.has(record.id))
  if (usage.length === 0) return { charges: 0, refused: 0 }

  const { sides, withoutContract } = await gatherSides(ctx, usage, contracts)
  const charges: NewCharge[] = []
  const moved: { contractId: string; counter: UsageCounter }[] = []
  const refused = withoutContract.map((record) => refusalOf(record, 'no-contract'))
  for (const side of sides) {
    const outcome = rateWhole(side)
    const byId = new Map(side.usage.map((usage) => [usage.record.id, usage]))
    const usageOf = (usageId: string | null) => byId.get(usageId?.replace(reversal, '') ?? '') as SideUsage
    for (const rated of outcome.charges) charges.push(newCharge(rated, usageOf(rated.usageId)))
    for (const counter of outcome.counters) moved.push({ contractId: side.terms.contractId, counter })
    for (const { usageId, reason } of outcome.refused) refused.push(refusalOf(usageOf(usageId).record, reason))
  }
  await insertCharges(ctx, charges)
  await saveCounters(ctx, moved)
  await quarantineUsage(ctx, batchId, refused)
  return { charges: charges.length, refused: refused.length }
}

/** Rates a side; a correction and what it takes back are charged both or neither. */
function rateWhole(side: RatingSide): RatingOutcome {
  const outcome = rateSome(side, side.usage)
  const refused = new Map(outcome.refused.map((refusal) => [refusal.usageId.replace(reversal, ''), refusal.reason]))
  const isHalf = ({ record, replaced }: SideUsage) => replaced !== undefined && refused.has(record.id)
  if (!side.usage.some(isHalf)) return outcome
  const { charges, counters } = rateSome(
    side,
    side.usage.filter((usage) => !isHalf(usage)),
  )
  return { charges, counters, refused: [...refused].map(([usageId, reason]) => ({ usageId, reason })) }
}

function rateSome({ terms, counters }: RatingSide, usage: readonly SideUsage[]): RatingOutcome {
  return rateUsage({ terms, counters, usage: usage.flatMap(toRate) })
}

/** Marks the id of the part of a correction that takes back the earlier quantity. */
const reversal = '~'

/** A record as rating takes it; one that corrects another first takes back what the other was charged for. */
function toRate({ record, replaced }: SideUsage): UsageToRate[] {
  const own: UsageToRate = {
    id: record.id,
    meter: record.meter,
    unit: record.unit,
    quantity: record.quantity,
    window: { start: record.windowStart, end: record.windowEnd },
    resourceRef: record.resourceRef,
    subscriptionId: record.subscriptionId,
    productId: null,
    dimensions: record.dimensions,
  }
  if (!replaced) return [own]
  const { meter, unit, quantity, dimensions } = replaced
  return [{ ...own, id: `${own.id}${reversal}`, meter, unit, quantity: quantity.negated(), dimensions }, own]
}

function newCharge(rated: RatedCharge, { record, contract, replaced }: SideUsage): NewCharge {
  const isLate = contract.invoicedUntil !== null && rated.billingPeriod <= contract.invoicedUntil
  return {
    rated: isLate || replaced ? { ...rated, class: 'Correction' } : rated,
    accountId: record.accountId,
    payerAccountId: contract.payerAccountId,
    usageRecordId: record.id,
    resourceId: record.resourceId,
    resourceName: record.resourceName,
  }
}

function refusalOf(record: UnratedUsage, reason: string): NewQuarantine {
  return {
    sourceKey: `rate:${record.id}`,
    reason,
    detail: `${record.meter} (${record.unit})`,
    rawUsageId: null,
    usageRecordId: record.id,
    windowStart: record.windowStart,
    payload: {
      meter: record.meter,
      unit: record.unit,
      quantity: record.quantity.toFixed(),
      resource: record.resourceName ?? record.resourceRef,
    },
  }
}
