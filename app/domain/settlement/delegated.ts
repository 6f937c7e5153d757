import type { Decimal } from '../money/decimal.ts'
import { add, type Money, multiply, subtract } from '../money/money.ts'
import { atLeastNothing } from './share-of-paid.ts'

/** The share that the parent keeps of what it collected, `rate` in percent, rounded once. */
export function financialChargeOn(collected: Money, rate: Decimal): Money {
  return multiply(collected, rate.div(100))
}

/** What becomes of the money held for a child when its invoice is made. */
export type BillingDay = { readonly invoice: Money; readonly offset: Money; readonly open: Money; readonly payout: Money }

/** The billing date: purchases and partner fee are invoiced, the money held covers what it can, the rest is paid out. */
export function settleBillingDay(input: { readonly purchases: Money; readonly partnerFee: Money; readonly held: Money }): BillingDay {
  const invoice = add(input.purchases, input.partnerFee)
  const held = atLeastNothing(input.held)
  const offset = held.minor < invoice.minor ? held : invoice
  return { invoice, offset, open: subtract(invoice, offset), payout: subtract(held, offset) }
}
