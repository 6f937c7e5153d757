import type { Decimal } from '../../money/decimal.ts'
import { mapModelPrices, modelTerms } from '../models/registry.ts'
import type { FeeKind, PriceRule } from '../price-rule.ts'
import { type PriceRounding, roundPrice } from './round-price.ts'

/** By how much prices move: a percentage of each, or an amount per currency that is added to each. Below zero they fall. */
export type PriceShift =
  | { readonly method: 'percent'; readonly percent: Decimal }
  | { readonly method: 'amount'; readonly amounts: Readonly<Record<string, Decimal>> }

/** Which prices move. An empty list leaves that side open; a product group takes the products of the group. */
export type PriceFilter = {
  readonly feeKinds: readonly FeeKind[]
  readonly productGroup: string | null
  readonly productIds: readonly string[]
  readonly meters: readonly string[]
}

/** A price as a filter looks at it. */
export type FilteredPrice = Pick<PriceRule, 'feeKind' | 'productId' | 'meter'> & { readonly productGroup: string | null }

/** Whether `filter` takes the price. A price of every product is taken unless the filter names products or a group. */
export function isFiltered(filter: PriceFilter, price: FilteredPrice): boolean {
  const allows = <T>(wanted: readonly T[], value: T | null) => wanted.length === 0 || (value !== null && wanted.includes(value))
  return (
    allows(filter.feeKinds, price.feeKind) &&
    allows(filter.productIds, price.productId) &&
    allows(filter.meters, price.meter) &&
    (filter.productGroup === null || filter.productGroup === price.productGroup)
  )
}

/** The figures of a price that a change touches, in the currency of its book. */
export type PriceFigures = Pick<PriceRule, 'unitPrice' | 'cap' | 'minimum' | 'model'>

export type ShiftRules = { readonly shift: PriceShift; readonly rounding: PriceRounding; readonly currency: string }

/**
 * `figures` after the shift, each rounded by the rule, in the currency of the book. A percentage moves unit prices, flat
 * prices, cap and minimum alike, but no rate in percent; an amount moves unit and flat prices that are not zero, and leaves
 * cap and minimum where they are. What is free stays free. A price may come out below zero: callers refuse it.
 */
export function shiftFigures(figures: PriceFigures, rules: ShiftRules): PriceFigures {
  const shift = (price: Decimal) => shifted(price, rules)
  const limit = (price: Decimal | null) => (price === null || rules.shift.method === 'amount' ? price : shift(price))
  const { model } = figures
  const isRate = model.kind === 'percentage'
  return {
    unitPrice: isRate ? figures.unitPrice : shift(figures.unitPrice),
    cap: limit(figures.cap),
    minimum: limit(figures.minimum),
    model:
      model.kind === 'per-unit'
        ? model
        : (mapModelPrices(model, (price, kind) => (kind === 'percent' ? price : shift(price))) as PriceFigures['model']),
  }
}

function shifted(price: Decimal, { shift, rounding, currency }: ShiftRules): Decimal {
  if (price.isZero()) return price
  const moved = shift.method === 'percent' ? price.times(shift.percent.plus(100)).div(100) : price.plus(shift.amounts[currency] ?? 0)
  return roundPrice(moved, { rounding, currency, former: price })
}

/** Every price of the figures, for comparing and for refusing what is below zero. */
export function pricesOf({ unitPrice, cap, minimum, model }: PriceFigures): Decimal[] {
  const prices: Decimal[] = [unitPrice, ...(cap ? [cap] : []), ...(minimum ? [minimum] : [])]
  if (model.kind !== 'per-unit') {
    mapModelPrices(model, (price) => {
      prices.push(price)
      return price
    })
  }
  return prices
}

/** Whether two states of a price say the same. */
export function isSameFigures(a: PriceFigures, b: PriceFigures): boolean {
  return figuresText(a) === figuresText(b)
}

function figuresText({ unitPrice, cap, minimum, model }: PriceFigures): string {
  return JSON.stringify([unitPrice, cap, minimum, model.kind, model.kind === 'per-unit' ? {} : modelTerms(model)])
}
