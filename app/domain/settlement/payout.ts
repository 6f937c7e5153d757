import type { Decimal } from '../money/decimal.ts'
import { add, type Money, multiply, subtract } from '../money/money.ts'
import { atLeastNothing } from './share-of-paid.ts'

/** What a payout is made of, tax included. `freed` are reserves of earlier payouts whose day has come. */
export type PayoutInput = {
  readonly released: Money
  readonly freed: Money
  readonly openInvoices: Money
  readonly reservePercent: Decimal
}

export type PayoutFigures = {
  /** Settles the child's own invoices. */
  readonly offset: Money
  /** Stays back until its day. */
  readonly reserve: Money
  readonly payout: Money
  /** Below zero: carried into the next payout as a debit; nothing is paid until it is made up for. */
  readonly carried: Money
}

/**
 * Released items and freed reserves first settle open invoices; a percentage of what is left of the released stays back; the rest is
 * paid. `offset + reserve + payout + carried = released + freed`, to the minor unit.
 */
export function settlePayout({ released, freed, openInvoices, reservePercent }: PayoutInput): PayoutFigures {
  const all = add(released, freed)
  const inHand = atLeastNothing(all)
  const offset = openInvoices.minor < inHand.minor ? openInvoices : inHand
  const left = subtract(inHand, offset)
  const fresh = released.minor < left.minor ? atLeastNothing(released) : left
  const reserve = multiply(fresh, reservePercent.div(100))
  return { offset, reserve, payout: subtract(left, reserve), carried: subtract(all, inHand) }
}

/** Whether so much leaves only when a second person agrees; without a limit nobody is asked. */
export function needsSecondPerson(payout: Money, limit: Money | null): boolean {
  return limit !== null && limit.currency === payout.currency && payout.minor > limit.minor
}
