import { Decimal } from '../money/decimal.ts'
import type { FeeKind } from '../pricing/price-rule.ts'
import type { LocalDate } from '../time/local-date.ts'
import type { ChargeReason } from './charge.ts'

/**
 * What was charged of one thing at one price in one billing month, added up: one resource of one subscription, or of one
 * account. Amounts in major units, each charge as it is stored, to 12 decimals.
 */
export type ChargeSum = {
  readonly accountId: string
  readonly subscriptionId: string | null
  readonly productId: string | null
  readonly resourceId: string | null
  readonly resourceName: string | null
  readonly feeKind: FeeKind
  readonly meter: string | null
  readonly tier: number | null
  readonly unit: string
  readonly priceVersionId: string
  readonly priceRuleId: string
  readonly unitPrice: Decimal
  readonly quantity: Decimal
  readonly includedQuantity: Decimal
  readonly billedQuantity: Decimal
  readonly amount: Decimal
  readonly charges: number
  readonly periodStart: Date
  readonly periodEnd: Date
  readonly billingPeriod: LocalDate
  readonly reason: ChargeReason
}

/** What a re-rating does to one contract and billing month: `reversals` take back what stands, `corrections` charge it anew. */
export type ReRating = {
  readonly reversals: readonly ChargeSum[]
  readonly corrections: readonly ChargeSum[]
  /** What stood and what stands afterwards, of the things that move. */
  readonly oldAmount: Decimal
  readonly newAmount: Decimal
}

/** Half of the last decimal that a stored amount keeps. */
const storageError = new Decimal('5e-13')
const none = new Decimal(0)

/**
 * The difference between what stands and what rating says now. Both are compared as wholes of account, subscription, meter,
 * price and tier: which of several resources came first, and so fell into the lower tier, is no reason to post anything. What
 * differs is taken back whole and charged whole, so that after posting the sum is what `fresh` says, and doing it again
 * finds nothing.
 */
export function reRate(standing: readonly ChargeSum[], fresh: readonly ChargeSum[]): ReRating {
  const wholes = new Map<string, { standing: ChargeSum[]; fresh: ChargeSum[] }>()
  const wholeOf = (sum: ChargeSum) => {
    const key = wholeKey(sum)
    const found = wholes.get(key) ?? { standing: [], fresh: [] }
    wholes.set(key, found)
    return found
  }
  for (const sum of standing) wholeOf(sum).standing.push(sum)
  for (const sum of fresh) wholeOf(sum).fresh.push(sum)

  const moving = [...wholes.values()].filter((whole) => !isSettled(whole))
  const reversals = moving.flatMap((whole) => whole.standing.filter((sum) => !isNothing(sum)).map(reversed))
  const corrections = moving.flatMap((whole) => whole.fresh.filter((sum) => !isNothing(sum)))
  return { reversals, corrections, oldAmount: amountOf(reversals).negated(), newAmount: amountOf(corrections) }
}

/** The sum of the amounts. */
export function amountOf(sums: readonly ChargeSum[]): Decimal {
  return sums.reduce((total, sum) => total.plus(sum.amount), none)
}

function wholeKey({ accountId, subscriptionId, feeKind, meter, tier, priceRuleId, billingPeriod }: ChargeSum): string {
  return [accountId, subscriptionId, feeKind, meter, tier, priceRuleId, billingPeriod].join('|')
}

function isSettled({ standing, fresh }: { standing: readonly ChargeSum[]; fresh: readonly ChargeSum[] }): boolean {
  const charges = [...standing, ...fresh].reduce((count, sum) => count + sum.charges, 0)
  const isSame = (pick: (sum: ChargeSum) => Decimal) => {
    const total = (sums: readonly ChargeSum[]) => sums.reduce((sum, next) => sum.plus(pick(next)), none)
    return total(standing).minus(total(fresh)).abs().lte(storageError.times(charges))
  }
  return isSame((sum) => sum.amount) && isSame((sum) => sum.billedQuantity)
}

function isNothing({ amount, quantity, billedQuantity }: ChargeSum): boolean {
  return amount.isZero() && quantity.isZero() && billedQuantity.isZero()
}

function reversed(sum: ChargeSum): ChargeSum {
  return {
    ...sum,
    quantity: sum.quantity.negated(),
    includedQuantity: sum.includedQuantity.negated(),
    billedQuantity: sum.billedQuantity.negated(),
    amount: sum.amount.negated(),
  }
}
