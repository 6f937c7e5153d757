import type { Decimal } from '../money/decimal.ts'
import type { LocalDate } from '../time/local-date.ts'
import type { RatedCharge } from './charge.ts'
import type { ChargeSum } from './re-rate.ts'

/** Whose a rated charge is and what it comes from. */
export type SumOwner = Pick<ChargeSum, 'accountId' | 'resourceId' | 'resourceName'>

/** Adds up charges of one billing month as they come; the many charges of a month become a few sums. */
export type SumBook = { add(rated: RatedCharge, owner: SumOwner): void; sums(): ChargeSum[] }

const storedPlaces = 12

/** An empty book for the month `billingPeriod`: charges of any other month are passed over. */
export function openSums(billingPeriod: LocalDate): SumBook {
  const book = new Map<string, ChargeSum>()
  return {
    add(rated, owner) {
      if (rated.billingPeriod !== billingPeriod) return
      const key = keyOf(rated, owner)
      const known = book.get(key)
      book.set(key, known ? joined(known, rated) : first(rated, owner))
    },
    sums: () => [...book.values()],
  }
}

function keyOf(rated: RatedCharge, { accountId, resourceId, resourceName }: SumOwner): string {
  const { subscriptionId, productId, feeKind, meter, tier, priceRuleId } = rated
  return [accountId, resourceId, resourceName, subscriptionId, productId, feeKind, meter, tier, priceRuleId].join('|')
}

function first(rated: RatedCharge, owner: SumOwner): ChargeSum {
  return {
    ...owner,
    subscriptionId: rated.subscriptionId,
    productId: rated.productId,
    feeKind: rated.feeKind,
    meter: rated.meter,
    tier: rated.tier,
    unit: rated.unit,
    priceVersionId: rated.priceVersionId,
    priceRuleId: rated.priceRuleId,
    unitPrice: rated.unitPrice,
    quantity: rated.quantity,
    includedQuantity: rated.includedQuantity,
    billedQuantity: rated.billedQuantity,
    amount: stored(rated.amount),
    charges: 1,
    periodStart: rated.chargePeriod.start,
    periodEnd: rated.chargePeriod.end,
    billingPeriod: rated.billingPeriod,
    reason: rated.reason,
  }
}

function joined(sum: ChargeSum, { chargePeriod, ...rated }: RatedCharge): ChargeSum {
  return {
    ...sum,
    quantity: sum.quantity.plus(rated.quantity),
    includedQuantity: sum.includedQuantity.plus(rated.includedQuantity),
    billedQuantity: sum.billedQuantity.plus(rated.billedQuantity),
    amount: sum.amount.plus(stored(rated.amount)),
    charges: sum.charges + 1,
    periodStart: chargePeriod.start < sum.periodStart ? chargePeriod.start : sum.periodStart,
    periodEnd: chargePeriod.end > sum.periodEnd ? chargePeriod.end : sum.periodEnd,
  }
}

/** As the database keeps it: a charge is cut to 12 decimals before it is added. */
function stored(amount: Decimal): Decimal {
  return amount.toDecimalPlaces(storedPlaces)
}
