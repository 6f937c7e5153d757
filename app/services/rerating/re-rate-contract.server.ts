import { insertReRatedFees } from '#app/db/charges/fee-charges.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type BillableContract, contractsById, lockContracts } from '#app/db/documents/billing-facts.server.ts'
import {
  chargedUsage,
  emptyCounters,
  insertReRatedCharges,
  type ReRateScope,
  type ReRateUnit,
  standingSums,
} from '#app/db/usage/rerating.server.ts'
import { lockRatingContracts, saveCounters, type UnratedUsage } from '#app/db/usage/usage-rating.server.ts'
import type { UsageCounter } from '#app/domain/rating/counters.ts'
import { rateUsage } from '#app/domain/rating/rate-usage.ts'
import { type ChargeSum, type ReRating, reRate } from '#app/domain/rating/re-rate.ts'
import { openSums, type SumBook } from '#app/domain/rating/re-rate-sums.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { gatherSides, type RatingSide } from '../usage/rating-sides.server.ts'
import { type FeeDifference, feeDifferences } from './fee-differences.server.ts'
import { toRate } from './usage-to-rate.ts'

/** What a re-rating made of one month of a contract. */
export type ReRatedMonth = {
  readonly unit: ReRateUnit
  readonly contract: BillableContract
  readonly usage: ReRating
  readonly fees: readonly FeeDifference[]
}

const pageSize = 5000
const beforeAll = '00000000-0000-0000-0000-000000000000'

/**
 * Rates the months of one contract anew, in order, from nothing, and posts the difference to what stands: reversing and
 * correcting charges of usage, the month's counters as they now are, then what fees and the close of the month come to by them.
 * Holds the contract until the transaction ends, so that nobody rates under it meanwhile. A dry run is this, rolled back.
 */
export async function reRateContract(
  ctx: TenantContext,
  input: { readonly runId: string; readonly contractId: string; readonly units: readonly ReRateUnit[]; readonly scope: ReRateScope },
): Promise<ReRatedMonth[]> {
  await lockContracts(ctx, [input.contractId])
  const [contract] = await contractsById(ctx, [input.contractId])
  invariant(contract, `contract ${input.contractId} is not there`)
  const { runId, scope } = input
  const months: ReRatedMonth[] = []
  const before: UsageCounter[] = []
  for (const unit of input.units) {
    const usage = await reRateUsage(ctx, unit, { scope, before })
    before.push(...usage.counters)
    await postUsage(ctx, { runId, contract, unit, ...usage })
    const fees = await feeDifferences(ctx, { contract, billingPeriod: unit.billingPeriod, scope })
    await insertReRatedFees(
      ctx,
      runId,
      fees.map(({ fee }) => fee),
    )
    months.push({ unit, contract, usage: usage.usage, fees })
  }
  return months
}

type ReRatedUsage = {
  readonly usage: ReRating
  /** The counters of the month as they must stand afterwards. */
  readonly counters: readonly UsageCounter[]
  /** Prices that counted before or count now. */
  readonly priceRuleIds: readonly string[]
}

async function reRateUsage(
  ctx: TenantContext,
  unit: ReRateUnit,
  { scope, before }: { readonly scope: ReRateScope; readonly before: readonly UsageCounter[] },
): Promise<ReRatedUsage> {
  const standing = unit.meters.length > 0 ? await standingSums(ctx, unit) : []
  const fresh = standing.length > 0 ? await rateMonth(ctx, unit, before) : undefined
  if (!fresh) return { usage: reRate([], []), counters: [], priceRuleIds: [] }
  const touched = standing.filter(({ accountId }) => fresh.accountIds.has(accountId))
  const usage = reRate(inScope(touched, scope), inScope(fresh.sums, scope))
  const priceRuleIds = [...new Set([...touched, ...fresh.sums].map((sum) => sum.priceRuleId))]
  return { usage, counters: fresh.counters, priceRuleIds }
}

type UsagePosting = ReRatedUsage & { readonly runId: string; readonly contract: BillableContract; readonly unit: ReRateUnit }

async function postUsage(ctx: TenantContext, { runId, contract, unit, usage, counters, priceRuleIds }: UsagePosting): Promise<void> {
  const { id: contractId, accountId: payerAccountId, currency } = contract
  const sums = [...usage.reversals, ...usage.corrections]
  if (sums.length === 0) return
  await insertReRatedCharges(ctx, { runId, contractId, payerAccountId, currency, sums })
  await emptyCounters(ctx, { contractId, billingPeriod: unit.billingPeriod }, priceRuleIds)
  await saveCounters(
    ctx,
    counters.map((counter) => ({ contractId, counter })),
  )
}

/** Only products the run was asked about move; all usage counts all the same. */
function inScope(sums: readonly ChargeSum[], { productIds }: ReRateScope): readonly ChargeSum[] {
  return productIds.length === 0 ? sums : sums.filter(({ productId }) => productId !== null && productIds.includes(productId))
}

type FreshMonth = {
  readonly sums: readonly ChargeSum[]
  readonly counters: readonly UsageCounter[]
  readonly accountIds: ReadonlySet<string>
}

/** A month's usage rated page by page, each page's counters going into the next. Accounts that left the contract stay as they are. */
async function rateMonth(ctx: TenantContext, unit: ReRateUnit, before: readonly UsageCounter[]): Promise<FreshMonth | undefined> {
  const book = openSums(unit.billingPeriod)
  const accountIds = new Set<string>()
  let counters: UsageCounter[] = []
  for (let afterId = beforeAll; ; ) {
    const page = await chargedUsage(ctx, unit, { afterId, limit: pageSize })
    const side = await sideOf(ctx, unit, page)
    if (side) {
      for (const { record } of side.usage) accountIds.add(record.accountId)
      counters = ratePage({ side, unit, counters: [...before, ...counters], book })
    }
    afterId = page.at(-1)?.id ?? afterId
    if (page.length < pageSize) break
  }
  return accountIds.size > 0 ? { sums: book.sums(), counters, accountIds } : undefined
}

async function sideOf(ctx: TenantContext, unit: ReRateUnit, page: readonly UnratedUsage[]): Promise<RatingSide | undefined> {
  if (page.length === 0) return undefined
  const contracts = await lockRatingContracts(ctx, [...new Set(page.map(({ accountId }) => accountId))])
  const own = contracts.filter(({ contractId }) => contractId === unit.contractId)
  if (own.length === 0) return undefined
  return (await gatherSides(ctx, page, own)).sides[0]
}

type Page = { readonly side: RatingSide; readonly unit: ReRateUnit; readonly counters: readonly UsageCounter[]; readonly book: SumBook }

/** Rates one page and returns the month's counters after it. Counters of other months are read, never kept. */
function ratePage({ side, unit, counters, book }: Page): UsageCounter[] {
  const isOfMonth = ({ periodStart }: UsageCounter) => periodStart === unit.billingPeriod
  const own = new Set(counters.map(({ counterKey, periodStart }) => `${periodStart}|${counterKey}`))
  // What was carried into the month was fixed when it was first rated, and stays.
  const isGiven = (counter: UsageCounter) => !isOfMonth(counter) || counter.counterKey.startsWith('carry|')
  const others = side.counters.filter((counter) => isGiven(counter) && !own.has(`${counter.periodStart}|${counter.counterKey}`))
  const outcome = rateUsage({
    terms: side.terms,
    usage: side.usage.map(({ record }) => toRate(record)),
    counters: [...others, ...counters],
  })
  const recordOf = new Map(side.usage.map(({ record }) => [record.id, record]))
  for (const rated of outcome.charges) {
    const record = recordOf.get(rated.usageId ?? '')
    if (record) book.add(rated, record)
  }
  const moved = new Map(counters.filter(isOfMonth).map((counter) => [counter.counterKey, counter]))
  for (const counter of outcome.counters.filter(isOfMonth)) moved.set(counter.counterKey, counter)
  return [...moved.values()]
}
