import { Decimal } from '../../money/decimal.ts'
import type { PriceRule } from '../price-rule.ts'

/** The sell prices a parent allows, in the selling currency; null where it sets no limit. */
export type PriceRange = { readonly floor: Decimal | null; readonly ceiling: Decimal | null }

/** What is wrong with a sell price. The first two no reason overcomes; the others are a loss somebody may take on purpose. */
export const sellPriceProblems = ['below-range', 'above-range', 'below-buy', 'below-floor'] as const
export type SellPriceProblem = (typeof sellPriceProblems)[number]

export type SellPriceCheck = {
  readonly sell: Pick<PriceRule, 'feeKind' | 'meter' | 'unitPrice' | 'cap'>
  /** The buy price in the selling currency; null for a product without a parent. */
  readonly bought: Pick<PriceRule, 'unitPrice' | 'cap'> | null
  /** The least the seller itself asks. */
  readonly floor: Decimal | null
  readonly range: PriceRange
}

/** Every problem of a sell price, the gravest first. A price equal to a limit is inside it. */
export function checkSellPrice({ sell, bought, floor, range }: SellPriceCheck): SellPriceProblem[] {
  const problems: SellPriceProblem[] = []
  const ranged = rangedPriceOf(sell)
  if (ranged && range.floor && ranged.lt(range.floor)) problems.push('below-range')
  if (ranged && range.ceiling && ranged.gt(range.ceiling)) problems.push('above-range')
  if (bought && isBelow(sell, bought)) problems.push('below-buy')
  if (floor && !sell.unitPrice.isZero() && sell.unitPrice.lt(floor)) problems.push('below-floor')
  return problems
}

/** Whether a reason can overcome the problem: a price outside the parent's range never counts. */
export function isOverridable(problem: SellPriceProblem): boolean {
  return problem === 'below-buy' || problem === 'below-floor'
}

/** The monthly price the parent's range is about: the recurring fee, or the most that a server's hours cost. Null for all other fees. */
export function rangedPriceOf({ feeKind, meter, unitPrice, cap }: SellPriceCheck['sell']): Decimal | null {
  if (feeKind === 'recurring') return unitPrice
  return feeKind === 'usage' && (meter === 'server.running' || meter === 'server.allocated') ? cap : null
}

function isBelow(sell: SellPriceCheck['sell'], bought: NonNullable<SellPriceCheck['bought']>): boolean {
  if (sell.unitPrice.lt(bought.unitPrice)) return true
  return sell.cap !== null && bought.cap !== null && sell.cap.lt(bought.cap)
}

export type Margin = { readonly amount: Decimal; readonly percent: Decimal | null }

/** What a sell price leaves over the buy price in the same currency, and that in percent of the buy price; null where it costs nothing. */
export function marginOf(sell: Decimal, bought: Decimal): Margin {
  const amount = sell.minus(bought)
  return { amount, percent: bought.isZero() ? null : amount.div(bought).times(100).toDecimalPlaces(2, Decimal.ROUND_HALF_UP) }
}
