import type { Decimal } from '../money/decimal.ts'
import { fromDecimal, type Money, money, subtract } from '../money/money.ts'
import type { DiscountScope } from '../promo/discount.ts'
import { invariant } from '../shared/invariant.ts'
import type { SettlementSettings } from './settings.ts'

/** What of a document has been paid so far: `before` and `after` one payment, return or refund, out of its `total`, tax included. */
export type PaidStep = { readonly before: Money; readonly after: Money; readonly total: Money }

/**
 * What one step of payment adds to a share that comes to `full` (major units, unrounded) when the document is paid in full. Rounded on what
 * is paid altogether, so that any split of payments, returns and refunds adds up to the share of what is left paid, to the minor unit.
 * @throws InvariantError when more is paid than the document's total, or less than nothing.
 */
export function shareOfPaid(full: Decimal, step: PaidStep): Money {
  const { before, after, total } = step
  invariant(total.minor > 0n, 'shareOfPaid: the document is about nothing')
  for (const paid of [before, after])
    invariant(paid.minor >= 0n && paid.minor <= total.minor, 'shareOfPaid: what is paid is a part of the total')
  const shareAt = (paid: Money) => fromDecimal(full.times(paid.minor.toString()).div(total.minor.toString()), total.currency)
  return subtract(shareAt(after), shareAt(before))
}

/** What was sold under one discount scope, net, in major units. */
export type SoldPart = { readonly scope: DiscountScope; readonly net: Decimal }

/** Model 1: what the child owes of a document that is paid in full, `sum of net × (1 - discount of its scope)`, in major units, unrounded. */
export function payableOf(parts: readonly SoldPart[], discounts: SettlementSettings['discounts']): Decimal {
  const [first, ...others] = parts.map(({ scope, net }) => net.minus(net.times(discounts[scope]).div(100)))
  invariant(first, 'payableOf: nothing was sold')
  return others.reduce((all, each) => all.plus(each), first)
}

/** Nothing below zero: what is left when `amount` is taken as far as it goes. */
export function atLeastNothing(amount: Money): Money {
  return amount.minor < 0n ? money(0n, amount.currency) : amount
}
