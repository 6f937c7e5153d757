import { Decimal } from '../money/decimal.ts'
import { costOf, segmentOf, slicesOf } from '../pricing/models/registry.ts'
import { moveCounter, type OpenCounter } from './counters.ts'
import type { Tariff } from './tariffs.ts'

/** A part of what a quantity costs: all of it, or the slice that fell into one tier of a graduated price. */
export type RatedShare = {
  readonly tier: number | null
  readonly includedQuantity: Decimal
  readonly billedQuantity: Decimal
  readonly unitPrice: Decimal
  /** Major units, unrounded. */
  readonly amount: Decimal
  readonly isCapped: boolean
}

/**
 * The stretch that a counter stands on: up to `high` and down to `low`, of the quantity used, each further unit costs
 * `slope`. Holds as long as the counter stands at `at`.
 */
export type Stretch = {
  at: Decimal
  /** What the period costs at `at`, before the cap; only kept where there is a cap. */
  cost: Decimal
  readonly low: Decimal
  readonly isLowWithin: boolean
  readonly high: Decimal | null
  readonly slope: Decimal
  readonly unitPrice: Decimal
  readonly tier: number | null
  readonly isIncluded: boolean
}

const none = new Decimal(0)

/**
 * The share of a period that falls to `quantity`: what the period costs with it less what it cost without. So the shares
 * of any cut and any order add up to the price of the sum, and a negative quantity, a correction, gives back exactly
 * what it had cost. A graduated price gives one share for each tier; every other gives one.
 */
export function rateDelta(tariff: Tariff, quantity: Decimal): RatedShare | readonly RatedShare[] {
  const { counter } = tariff
  if (!counter) {
    const { unitPrice } = tariff.rule
    return { tier: null, includedQuantity: none, billedQuantity: quantity, unitPrice, amount: quantity.times(unitPrice), isCapped: false }
  }
  const before = counter.consumed
  const after = before.plus(quantity)
  const { stretch } = tariff
  const isInside = stretch !== undefined && stretch.at === before && reaches(stretch, after, quantity.isNegative())
  const shares = isInside ? stretchShare(tariff, stretch, quantity) : crossShares(tariff, before, after)
  moveCounter(counter, after)
  if (isInside) stretch.at = after
  else tariff.stretch = stretchAt(tariff, counter)
  return shares
}

/** Whether the stretch still holds at `after`, when it holds where the counter comes from. */
function reaches(stretch: Stretch, after: Decimal, isDown: boolean): boolean {
  if (!isDown) return stretch.high === null || after.lte(stretch.high)
  return stretch.isLowWithin ? after.gte(stretch.low) : after.gt(stretch.low)
}

function stretchShare(tariff: Tariff, stretch: Stretch, quantity: Decimal): RatedShare {
  const { tier, unitPrice, slope } = stretch
  if (stretch.isIncluded) return { tier, includedQuantity: quantity, billedQuantity: none, unitPrice, amount: none, isCapped: false }
  const full = slope.isZero() ? none : quantity.times(slope)
  if (tariff.cap === null) return { tier, includedQuantity: none, billedQuantity: quantity, unitPrice, amount: full, isCapped: false }

  const cost = stretch.cost.plus(full)
  const isFree = cost.lte(tariff.cap) && stretch.cost.lte(tariff.cap)
  const amount = isFree ? full : Decimal.min(cost, tariff.cap).minus(Decimal.min(stretch.cost, tariff.cap))
  stretch.cost = cost
  return { tier, includedQuantity: none, billedQuantity: quantity, unitPrice, amount, isCapped: !isFree && !amount.eq(full) }
}

function crossShares(tariff: Tariff, before: Decimal, after: Decimal): readonly RatedShare[] {
  const from = above(before, tariff.included)
  const to = above(after, tariff.included)
  const includedQuantity = after.minus(before).minus(to.minus(from))
  const shares = slicesOf(tariff.model, from, to).map((slice) => {
    const [costFrom, costTo] = [costOf(tariff.model, slice.from), costOf(tariff.model, slice.to)]
    const full = costTo.minus(costFrom)
    const amount = tariff.cap === null ? full : Decimal.min(costTo, tariff.cap).minus(Decimal.min(costFrom, tariff.cap))
    const { tier, unitPrice } = slice
    const billedQuantity = slice.to.minus(slice.from)
    return { tier, includedQuantity: none, billedQuantity, unitPrice, amount, isCapped: !amount.eq(full) }
  })
  if (includedQuantity.isZero()) return shares
  const nearest = to.gte(from) ? 0 : shares.length - 1
  return shares.map((share, index) => (index === nearest ? { ...share, includedQuantity } : share))
}

/** Where the counter stands now. */
function stretchAt({ model, included, cap }: Tariff, { consumed }: OpenCounter): Stretch {
  if (consumed.lte(included) && included.gt(0)) {
    const { tier, unitPrice } = segmentOf(model, none)
    const edges = { low: none, isLowWithin: false, high: included, isIncluded: true }
    return { at: consumed, cost: cap === null ? none : costOf(model, none), ...edges, slope: none, unitPrice, tier }
  }
  const billed = above(consumed, included)
  const { tier, after, upTo, slope, unitPrice } = segmentOf(model, billed)
  const edges = {
    low: after === null ? included : included.plus(after),
    isLowWithin: after === null,
    high: upTo === null ? null : included.plus(upTo),
    isIncluded: false,
  }
  return { at: consumed, cost: cap === null ? none : costOf(model, billed), ...edges, slope, unitPrice, tier }
}

function above(consumed: Decimal, included: Decimal): Decimal {
  return consumed.gt(included) ? consumed.minus(included) : none
}
