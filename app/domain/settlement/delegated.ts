import type { Decimal } from '../money/decimal.ts'
import { add, type Money, multiply, subtract } from '../money/money.ts'
import { atLeastNothing } from './share-of-paid.ts'

/** The share that the parent keeps of what it collected, `rate` in percent, rounded once. */
export function financialChargeOn(collected: Money, rate: Decimal): Money {
  return multiply(collected, rate.div(100))
}

/** Model 2 at one instant, in the currency of the edge: `collected` is P, `purchases` NIP, `balance` money in hand less open invoices. */
export type DelegatedFacts = {
  readonly balance: Money
  readonly purchases: Money
  readonly collected: Money
  readonly financialChargeRate: Decimal
  readonly creditLimit: Money
}

/** `available = balance - NIP + P × (1 - f) + creditLimit`: payments count net of the financial charge. */
export function availableOf({ balance, purchases, collected, financialChargeRate, creditLimit }: DelegatedFacts): Money {
  const counted = subtract(collected, financialChargeOn(collected, financialChargeRate))
  return add(add(subtract(balance, purchases), counted), creditLimit)
}

/** `memo = P - (NIP + P × f)`: what the parent owes the child out of the payments it took. */
export function memoOf({ purchases, collected, financialChargeRate }: Omit<DelegatedFacts, 'balance' | 'creditLimit'>): Money {
  return subtract(collected, add(purchases, financialChargeOn(collected, financialChargeRate)))
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
