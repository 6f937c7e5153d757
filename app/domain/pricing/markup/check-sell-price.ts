import { Decimal } from '../../money/decimal.ts'
import type { PriceRule } from '../price-rule.ts'

/** The sell prices a parent allows, in the selling currency; null where it sets no limit. */
export type PriceRange = { readonly floor: Decimal | null; readonly ceiling: Decimal | null }

const none = new Decimal(0)

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
  /** The tax that the sell price contains, in percent of the net; absent where prices are net. */
  readonly taxPercent?: Decimal | undefined
}

/** Every problem of a sell price, the gravest first. A price equal to a limit is inside it. What was bought is compared with the net. */
export function checkSellPrice({ sell, bought, floor, range, taxPercent = none }: SellPriceCheck): SellPriceProblem[] {
  const problems: SellPriceProblem[] = []
  const ranged = rangedPriceOf(sell)
  if (ranged && range.floor && ranged.lt(range.floor)) problems.push('below-range')
  if (ranged && range.ceiling && ranged.gt(range.ceiling)) problems.push('above-range')
  if (bought && isBelow(netOf(sell, taxPercent), bought)) problems.push('below-buy')
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

type Compared = NonNullable<SellPriceCheck['bought']>

function netOf({ unitPrice, cap }: Compared, taxPercent: Decimal): Compared {
  const net = (price: Decimal) => priceWithoutTax(price, taxPercent)
  return { unitPrice: net(unitPrice), cap: cap && net(cap) }
}

/** A price without the tax in it, `percent` of the net: to nine decimals, as prices are kept. */
export function priceWithoutTax(price: Decimal, percent: Decimal): Decimal {
  return percent.isZero() ? price : price.times(100).div(percent.plus(100)).toDecimalPlaces(9)
}

function isBelow(sell: Compared, bought: Compared): boolean {
  if (sell.unitPrice.lt(bought.unitPrice)) return true
  return sell.cap !== null && bought.cap !== null && sell.cap.lt(bought.cap)
}

export type Margin = { readonly amount: Decimal; readonly percent: Decimal | null }

/** What a sell price leaves over the buy price in the same currency, and that in percent of the buy price; null where it costs nothing. */
export function marginOf(sell: Decimal, bought: Decimal): Margin {
  const amount = sell.minus(bought)
  return { amount, percent: bought.isZero() ? null : amount.div(bought).times(100).toDecimalPlaces(2, Decimal.ROUND_HALF_UP) }
}
