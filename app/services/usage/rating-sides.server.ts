import { readContractRules } from '#app/db/catalog/contract-price-books.server.ts'
import { readOwnMeters, sampledOf } from '#app/db/catalog/meters.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readRatingSubscriptions } from '#app/db/usage/rating-subscriptions.server.ts'
import {
  type RatingContract,
  type ReplacedCharge,
  readCounters,
  readReplacedCharges,
  type UnratedUsage,
} from '#app/db/usage/usage-rating.server.ts'
import type { UsageCounter } from '#app/domain/rating/counters.ts'
import type { RatingTerms } from '#app/domain/rating/terms.ts'
import { groupBy } from '#app/domain/shared/group-by.ts'

/** Usage with what it corrects, when that was charged, and the contract it is rated under. */
export type SideUsage = { readonly record: UnratedUsage; readonly contract: RatingContract; readonly replaced: ReplacedCharge | undefined }

/** One contract with the usage to rate under it, and all that its rating depends on. */
export type RatingSide = { readonly terms: RatingTerms; readonly usage: readonly SideUsage[]; readonly counters: readonly UsageCounter[] }

export type RatingSides = { readonly sides: readonly RatingSide[]; readonly withoutContract: readonly UnratedUsage[] }

/** Everything the rating of `usage` needs, read in a handful of queries and grouped by contract. */
export async function gatherSides(
  ctx: TenantContext,
  usage: readonly UnratedUsage[],
  contracts: readonly RatingContract[],
): Promise<RatingSides> {
  const byAccount = new Map(contracts.map((contract) => [contract.accountId, contract]))
  const corrections = usage.flatMap((record) => (record.supersedesId ? record.id : []))
  const replaced = new Map((await readReplacedCharges(ctx, corrections)).map((charge) => [charge.replacedBy, charge]))
  const owned = usage.flatMap((record): SideUsage[] => {
    const contract = byAccount.get(record.accountId)
    return contract ? [{ record, contract, replaced: replaced.get(record.id) }] : []
  })
  const withoutContract = owned.length === usage.length ? [] : usage.filter((record) => !byAccount.has(record.accountId))
  return { sides: await toSides(ctx, owned), withoutContract }
}

async function toSides(ctx: TenantContext, usage: readonly SideUsage[]): Promise<RatingSide[]> {
  const byContract = groupBy(usage, ({ contract }) => contract.contractId)
  const rules = await readContractRules(ctx, [...byContract.keys()])
  const poolContractIds = [...rules].flatMap(([contractId, own]) => (own.some((rule) => rule.includedScope === 'pool') ? contractId : []))
  const subscribed = await readRatingSubscriptions(ctx, {
    ids: distinct(usage.flatMap(({ record }) => record.subscriptionId ?? [])),
    poolContractIds,
  })
  const subscriptions = new Map(subscribed.map((subscription) => [subscription.id, subscription]))
  const pools = groupBy(subscribed, ({ contractId }) => contractId)
  const rollsOver = [...rules.values()].some((own) => own.some((rule) => rule.rollsOver))
  const sampledMeters = sampledOf(await readOwnMeters(ctx))
  const counters = await readCounters(ctx, [...byContract.keys()], earliestMonth(usage, rollsOver ? 2 : 1))
  return [...byContract].flatMap(([contractId, records]) => {
    const [first] = records
    if (!first) return []
    const terms = termsOf(first.contract, { rules: rules.get(contractId) ?? [], subscriptions, sampledMeters })
    const pool = poolContractIds.includes(contractId) ? { pool: pools.get(contractId) ?? [] } : {}
    return [{ terms: { ...terms, ...pool }, usage: records, counters: counters.get(contractId) ?? [] }]
  })
}

function termsOf(contract: RatingContract, prices: Pick<RatingTerms, 'rules' | 'subscriptions' | 'sampledMeters'>): RatingTerms {
  const { contractId, currency, zone } = contract
  const anchorDay = contract.billingAnchor === 'calendar' ? 1 : contract.billingDay
  return { contractId, currency, cycle: { zone, anchorDay }, ...prices }
}

const longestMonthMs = 33 * 86_400_000

/** A day safely before the first billing month any of the records can fall into, or what it carries over can come from. */
function earliestMonth(usage: readonly SideUsage[], months: 1 | 2): string {
  const first = usage.reduce((least, { record }) => Math.min(least, record.windowStart.getTime()), Date.UTC(2100, 0, 1))
  return new Date(first - months * longestMonthMs).toISOString().slice(0, 10)
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)]
}
