import { Decimal } from '../../money/decimal.ts'
import { closingCharges } from '../../rating/close-period.ts'
import { rateUsage } from '../../rating/rate-usage.ts'
import type { RatingTerms } from '../../rating/terms.ts'
import type { Period } from '../../time/period.ts'
import type { PriceRule } from '../price-rule.ts'
import { firstWholeMonth } from './monthly-price.ts'

/** What was used of one meter in a whole month, by the dimensions its price asked for. */
export type MonthUsage = {
  /** Null for use without a subscription. */
  readonly subscriptionId: string | null
  readonly resourceRef: string | null
  readonly meter: string
  readonly unit: string
  readonly quantity: Decimal
  readonly match: PriceRule['match']
}

export type UsageEstimate = {
  /** `pool` holds all subscriptions of the contract: they share allowances, and a minimum is due without any use. */
  readonly terms: RatingTerms
  readonly usage: readonly MonthUsage[]
  /** The month is the first that begins at this instant or later. */
  readonly from: Date
}

/**
 * What a month with this usage costs each subscription, and under null what has none: by the functions that charge for real, with
 * what is missing to a minimum. Exact and unrounded, in major units of the contract's currency. Nothing is left over from a month
 * before, and use without a price costs nothing.
 */
export function monthlyUsageCosts({ terms, usage, from }: UsageEstimate): ReadonlyMap<string | null, Decimal> {
  const months = new Map<string | null, Period>()
  const monthOf = (subscriptionId: string | null) => {
    const known = months.get(subscriptionId)
    if (known) return known
    const month = firstWholeMonth((subscriptionId && terms.subscriptions.get(subscriptionId)?.cycle) || terms.cycle, from)
    months.set(subscriptionId, month)
    return month
  }
  const toRate = usage.map(({ match, ...used }, index) => ({
    ...used,
    id: String(index),
    productId: null,
    window: monthOf(used.subscriptionId),
    dimensions: dimensionsOf(match),
  }))
  const rated = rateUsage({ terms, usage: toRate, counters: [] })
  const ends = new Set([null, ...terms.subscriptions.keys()].map((id) => monthOf(id).end.getTime()))
  const closing = [...ends].flatMap((end) =>
    closingCharges({ terms, counters: rated.counters, closesAt: new Date(end) }).filter(
      ({ subscriptionId }) => monthOf(subscriptionId).end.getTime() === end,
    ),
  )
  const costs = new Map<string | null, Decimal>()
  for (const { subscriptionId, amount } of [...rated.charges, ...closing])
    costs.set(subscriptionId, (costs.get(subscriptionId) ?? nothing).plus(amount))
  return costs
}

const nothing = new Decimal(0)

/** Dimensions that a price with `match` takes. */
function dimensionsOf(match: PriceRule['match']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(match).flatMap(([name, value]) => {
      const first = typeof value === 'string' ? value : value[0]
      return first === undefined ? [] : [[name, first]]
    }),
  )
}
