import type { StoredPriceRule } from '#app/db/catalog/catalog.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type ContractMonth, type ContractUsage, type PricedContract, readMonthUsage } from '#app/db/usage/month-usage.server.ts'
import { type ContractSubscription, readRatingSubscriptions } from '#app/db/usage/rating-subscriptions.server.ts'
import type { Decimal } from '#app/domain/money/decimal.ts'
import { monthlyUsageCosts } from '#app/domain/pricing/price-change/monthly-usage.ts'
import type { RatingTerms } from '#app/domain/rating/terms.ts'
import { groupBy } from '#app/domain/shared/group-by.ts'
import { type BillingCycle, lastClosedMonth } from '#app/domain/time/billing-month.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'

/** What the last full month's usage costs by given prices: by subscription, under null what has none. Exact, in major units. */
export type UsageCosts = ReadonlyMap<string | null, Decimal>
export type UsageOfContract = {
  /** The subscriptions that used anything in the month. */
  readonly users: ReadonlySet<string | null>
  costsBy(rules: readonly StoredPriceRule[], from: Date): UsageCosts
}

/**
 * The usage of the last full month of each contract and of those of `subscriptionIds` that have months of their own, ready to be
 * rated by any prices. What ended subscriptions used is left out.
 */
export async function readUsageOfContracts(
  ctx: TenantContext,
  contracts: readonly PricedContract[],
  subscriptionIds: readonly string[],
): Promise<ReadonlyMap<string, UsageOfContract>> {
  const subscribed = groupBy(await readRatingSubscriptions(ctx, { ids: subscriptionIds }), ({ contractId }) => contractId)
  const sides = contracts.map((contract) => sideOf(ctx, contract, subscribed.get(contract.contractId) ?? []))
  const usage = groupBy(
    await readMonthUsage(
      ctx,
      sides.flatMap(({ months }) => months),
    ),
    ({ contractId }) => contractId,
  )
  return new Map(sides.map((side) => [side.terms.contractId, usageOf(side, usage.get(side.terms.contractId) ?? [])]))
}

type Side = {
  readonly terms: Omit<RatingTerms, 'rules'>
  readonly months: readonly ContractMonth[]
  periodOf(subscriptionId: string | null): string | undefined
}

function sideOf({ now }: TenantContext, contract: PricedContract, pool: readonly ContractSubscription[]): Side {
  const { contractId, currency, zone, billingAnchor, billingDay } = contract
  const cycle = { zone, anchorDay: billingAnchor === 'calendar' ? 1 : billingDay }
  const lastMonth = (own: BillingCycle) => localDateOf(lastClosedMonth(own, now).start, zone)
  const periods = new Map<string | null, string>([
    [null, lastMonth(cycle)],
    ...pool.map((one) => [one.id, lastMonth(one.cycle ?? cycle)] as const),
  ])
  return {
    terms: { contractId, currency, cycle, subscriptions: new Map(pool.map((one) => [one.id, one])), pool },
    months: [...new Set(periods.values())].map((billingPeriod) => ({ contractId, billingPeriod })),
    periodOf: (subscriptionId) => periods.get(subscriptionId),
  }
}

function usageOf({ terms, periodOf }: Side, charged: readonly ContractUsage[]): UsageOfContract {
  const usage = charged.filter(({ subscriptionId, billingPeriod }) => periodOf(subscriptionId) === billingPeriod)
  return {
    users: new Set(usage.map(({ subscriptionId }) => subscriptionId)),
    costsBy: (rules, from) => monthlyUsageCosts({ terms: { ...terms, rules }, usage, from }),
  }
}
