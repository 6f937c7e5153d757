import { readPriceRules, type StoredPriceRule } from '#app/db/catalog.server.ts'
import { insertCharges, type NewCharge } from '#app/db/charges.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { addToBatch } from '#app/db/usage-batches.server.ts'
import { quarantineUsage } from '#app/db/usage-quarantine.server.ts'
import {
  lockRatingContracts, type RatingContract, readCounters, readRatingSubscriptions, readUnratedUsage, saveCounters, type UnratedUsage,
} from '#app/db/usage-rating.server.ts'
import type { RatedCharge } from '#app/domain/rating/charge.ts'
import { rateUsage } from '#app/domain/rating/rate-usage.ts'
import type { RatedSubscription, RatingTerms, RefusedUsage, UsageToRate } from '#app/domain/rating/terms.ts'
import { invariant } from '#app/domain/shared/invariant.ts'

export type RateChunkInput = { readonly batchId: string; readonly afterId: string; readonly limit: number }
export type RateChunkOutcome = { readonly lastId: string | null; readonly charges: number; readonly refused: number }

/**
 * Rates the next records of a batch under the contract of each one's account: charges, counters and refusals of the
 * chunk are saved together, set-based, whatever its size. A record rated before is passed over, so that a repeat after a
 * crash goes on where the last commit was. `lastId` is null when nothing was left.
 */
export async function rateUsageChunk(ctx: TenantContext, input: RateChunkInput): Promise<RateChunkOutcome> {
  const usage = await readUnratedUsage(ctx, input.batchId, input.afterId, input.limit)
  if (usage.length === 0) return { lastId: null, charges: 0, refused: 0 }

  const facts = await gatherFacts(ctx, usage)
  const charges: NewCharge[] = []
  const moved: { contractId: string; counter: Parameters<typeof saveCounters>[1][number]['counter'] }[] = []
  const refused: RefusedUsage[] = []

  for (const side of facts) {
    const outcome = rateUsage({ terms: side.terms, usage: side.usage.flatMap(toRate), counters: side.counters })
    const byId = new Map(side.usage.map((record) => [record.id, record]))
    for (const rated of outcome.charges) charges.push(newCharge(rated, side, byId))
    for (const counter of outcome.counters) moved.push({ contractId: side.terms.contractId, counter })
    refused.push(...outcome.refused)
  }
  await insertCharges(ctx, charges)
  await saveCounters(ctx, moved)
  await refuse(ctx, input.batchId, refused, usage)
  return { lastId: usage.at(-1)?.id ?? null, charges: charges.length, refused: refused.length }
}

type Side = {
  readonly terms: RatingTerms
  readonly usage: UnratedUsage[]
  readonly counters: Parameters<typeof rateUsage>[0]['counters']
  readonly contracts: ReadonlyMap<string, RatingContract>
}

/** Everything rating needs, read in a handful of queries and grouped by contract. */
async function gatherFacts(ctx: TenantContext, usage: readonly UnratedUsage[]): Promise<Side[]> {
  const contracts = await lockRatingContracts(ctx, distinct(usage.map((record) => record.accountId)))
  const byAccount = new Map(contracts.map((contract) => [contract.accountId, contract]))
  const rules = groupBy(await readPriceRules(ctx, distinct(contracts.map((contract) => contract.priceBookId))), (rule) => rule.priceBookId)
  const subscriptions = new Map(
    (await readRatingSubscriptions(ctx, distinct(usage.flatMap((record) => record.subscriptionId ?? [])))).map((row) => [row.id, toSubscription(row)]),
  )
  const counters = await readCounters(ctx, distinct(contracts.map((contract) => contract.contractId)), earliestMonth(usage))

  const byContract = groupBy(usage, (record) => contractOf(byAccount, record).contractId)
  return [...byContract].map(([contractId, records]) => {
    const contract = contracts.find((candidate) => candidate.contractId === contractId) as RatingContract
    return {
      terms: termsOf(contract, rules.get(contract.priceBookId) ?? [], subscriptions),
      usage: records,
      counters: counters.get(contractId) ?? [],
      contracts: byAccount,
    }
  })
}

function contractOf(byAccount: ReadonlyMap<string, RatingContract>, record: UnratedUsage): RatingContract {
  const contract = byAccount.get(record.accountId)
  invariant(contract, `account ${record.accountId} has usage and no contract`)
  return contract
}

function termsOf(contract: RatingContract, rules: readonly StoredPriceRule[], subscriptions: ReadonlyMap<string, RatedSubscription>): RatingTerms {
  const anchorDay = contract.billingAnchor === 'calendar' ? 1 : contract.billingDay
  return { contractId: contract.contractId, currency: contract.currency, cycle: { zone: contract.zone, anchorDay }, rules, subscriptions }
}

function toSubscription(row: { id: string; productId: string; startedAt: Date; proration: string | null }): RatedSubscription {
  const proration = row.proration === 'none' || row.proration === 'day' ? row.proration : 'second'
  return { id: row.id, productId: row.productId, startsAt: row.startedAt, proration }
}

const reversal = '~'

/** A record as rating takes it; one that corrects another first takes back the other's quantity. */
function toRate(record: UnratedUsage): UsageToRate[] {
  const { meter, unit, resourceRef, subscriptionId, dimensions } = record
  const common = { meter, unit, resourceRef, subscriptionId, productId: null, dimensions, window: { start: record.windowStart, end: record.windowEnd } }
  const own = { ...common, id: record.id, quantity: record.quantity }
  if (record.supersededQuantity === null) return [own]
  return [{ ...common, id: `${record.id}${reversal}`, quantity: record.supersededQuantity.negated() }, own]
}

function newCharge(rated: RatedCharge, side: Side, byId: ReadonlyMap<string, UnratedUsage>): NewCharge {
  const usageId = rated.usageId?.replace(reversal, '') ?? ''
  const record = byId.get(usageId) as UnratedUsage
  const contract = contractOf(side.contracts, record)
  const isLate = contract.invoicedUntil !== null && rated.billingPeriod <= contract.invoicedUntil
  return {
    rated: isLate || record.supersededQuantity !== null ? { ...rated, class: 'Correction' } : rated,
    accountId: record.accountId,
    payerAccountId: contract.payerAccountId,
    usageRecordId: record.id,
    resourceId: record.resourceId,
    resourceName: record.resourceName,
  }
}

async function refuse(ctx: TenantContext, batchId: string, refused: readonly RefusedUsage[], usage: readonly UnratedUsage[]): Promise<void> {
  if (refused.length === 0) return
  const byId = new Map(usage.map((record) => [record.id, record]))
  const reasons = new Map(refused.map((refusal) => [refusal.usageId.replace(reversal, ''), refusal.reason]))
  const rows = [...reasons].map(([usageId, reason]) => {
    const record = byId.get(usageId) as UnratedUsage
    return {
      sourceKey: `rate:${usageId}`, reason, rawUsageId: null, usageRecordId: usageId, windowStart: record.windowStart, detail: `${record.meter} (${record.unit})`,
      payload: { meter: record.meter, unit: record.unit, quantity: record.quantity.toFixed(), resource: record.resourceName },
    }
  })
  await quarantineUsage(ctx, batchId, rows)
  await addToBatch(ctx, batchId, { quarantined: rows.length })
}

/** A day safely before the first billing month any of the records can fall into. */
function earliestMonth(usage: readonly UnratedUsage[]): string {
  const first = usage.reduce((least, record) => Math.min(least, record.windowStart.getTime()), Number.POSITIVE_INFINITY)
  return new Date(first - 33 * 86_400_000).toISOString().slice(0, 10)
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)]
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
