import type { Decimal } from '../money/decimal.ts'
import { add, fromDecimal, type Money, subtract, zero } from '../money/money.ts'

/** What a contract's exposure consists of, tax included, in its currency. `unapplied` holds what the parent took for a child, net of its charge. */
export type ExposureParts = {
  readonly open: Money
  readonly rated: Money
  readonly reserved: Money
  readonly prepaid: Money
  readonly unapplied: Money
}

/** `exposure = open invoices + rated, not invoiced + reservations - prepaid balance - unapplied payments`. Below zero is money in hand. */
export function exposureOf({ open, rated, reserved, prepaid, unapplied }: ExposureParts): Money {
  return subtract(subtract(add(add(open, rated), reserved), prepaid), unapplied)
}

/** `available = limit - exposure`: how much an order may come to. */
export function availableOf(limit: Money, parts: ExposureParts): Money {
  return subtract(limit, exposureOf(parts))
}

/** What was rated, in major units: `otherTax` is what products of another rate than `rate` percent carry more, or less, than at that. */
export type RatedSums = { readonly net: Decimal; readonly rate: Decimal; readonly otherTax: Decimal }

/** `net x (1 + rate / 100) + otherTax`: what is rated comes to, tax included, rounded once. */
export function ratedWithTax({ net, rate, otherTax }: RatedSums, currency: string): Money {
  return fromDecimal(net.times(rate.div(100).plus(1)).plus(otherTax), currency)
}

/** What is used of a limit in percent, unrounded; null without a limit, of which there is no share. */
export function usedPercent(limit: Money, exposure: Money): number | null {
  return limit.minor > 0n ? Number((exposure.minor * 1_000_000n) / limit.minor) / 10_000 : null
}

/** How many things of the price `each` fit into `available`, and what would be left of it. */
export function howManyFit(available: Money, each: Money): { readonly count: number; readonly left: Money } {
  if (available.minor <= 0n || each.minor <= 0n) return { count: 0, left: available.minor > 0n ? available : zero(available.currency) }
  const count = available.minor / each.minor
  return { count: Number(count), left: { minor: available.minor - count * each.minor, currency: available.currency } }
}
