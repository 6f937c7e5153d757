import { type Money, subtract } from '../money/money.ts'
import { invariant } from '../shared/invariant.ts'
import {
  bank,
  type ChartAccount,
  clearingOf,
  deferredRevenueOf,
  disputeLosses,
  gatewayFees,
  prepaidBalance,
  type RevenueKind,
  receivable,
  revenueOf,
  rounding,
  unappliedCash,
} from './chart.ts'
import { creditSide, debitSide, entryOf, type Posting } from './postings.ts'

export type BuyerMoney = { readonly accountId: string; readonly amount: Money }
/** `at` is where the money is: a bank account, what a gateway holds, or what the parent holds. */
export type MovedMoney = BuyerMoney & { readonly at: ChartAccount }

/** Money received from a buyer: it is unapplied until it is allocated. `amount` above zero. */
export function postingsOfPayment({ accountId, at, amount }: MovedMoney): Posting[] {
  requirePositive(amount, 'payment')
  return entryOf([debitSide(at, amount), creditSide(unappliedCash, amount, accountId)])
}

/** Unapplied cash that settles documents: the buyer owes that much less. Taking an allocation back is its reversal. */
export function postingsOfAllocation({ accountId, amount }: BuyerMoney): Posting[] {
  requirePositive(amount, 'allocation')
  return entryOf([debitSide(unappliedCash, amount, accountId), creditSide(receivable, amount, accountId)])
}

/** Money returned to where it came from, out of unapplied cash; what was allocated is taken back first. */
export function postingsOfRefund({ accountId, at, amount }: MovedMoney): Posting[] {
  requirePositive(amount, 'refund')
  return entryOf([debitSide(unappliedCash, amount, accountId), creditSide(at, amount)])
}

/** Unapplied cash that becomes prepaid balance. What goes back to its payment is the reversal. */
export function postingsOfTopUp({ accountId, amount }: BuyerMoney): Posting[] {
  requirePositive(amount, 'top-up')
  return entryOf([debitSide(unappliedCash, amount, accountId), creditSide(prepaidBalance, amount, accountId)])
}

/** Credit that the seller gives: it lowers what is earned on the day it is given. What expires of it is the reversal. */
export function postingsOfGivenCredit({ accountId, amount }: BuyerMoney): Posting[] {
  requirePositive(amount, 'given credit')
  return entryOf([debitSide(revenueOf('credit'), amount), creditSide(prepaidBalance, amount, accountId)])
}

/** Prepaid balance that settles documents. */
export function postingsOfPrepaidUse({ accountId, amount }: BuyerMoney): Posting[] {
  requirePositive(amount, 'prepaid use')
  return entryOf([debitSide(prepaidBalance, amount, accountId), creditSide(receivable, amount, accountId)])
}

export type GatewayPayout = { readonly gateway: string; readonly amount: Money; readonly fee: Money }

/** A gateway pays out `amount` of what it took, less its `fee`; below zero it takes back more than it took, and the bank pays. */
export function postingsOfGatewayPayout({ gateway, amount, fee }: GatewayPayout): Posting[] {
  return entryOf([debitSide(bank, subtract(amount, fee)), debitSide(gatewayFees, fee), creditSide(clearingOf(gateway), amount)])
}

/** What a gateway keeps for its work outside of a payout, out of money `at` it; below zero it gives a fee back. */
export function postingsOfGatewayFee({ at, amount }: { readonly at: ChartAccount; readonly amount: Money }): Posting[] {
  return entryOf([debitSide(gatewayFees, amount), creditSide(at, amount)])
}

/** What a payer took back although it was given back before: it leaves `at` and is lost. */
export function postingsOfDisputeLoss({ at, amount }: { readonly at: ChartAccount; readonly amount: Money }): Posting[] {
  requirePositive(amount, 'dispute loss')
  return entryOf([debitSide(disputeLosses, amount), creditSide(at, amount)])
}

/** Parts of what was invoiced that are earned later (above zero), or that are earned now (below zero), by kind of revenue. */
export function postingsOfDeferral(parts: readonly { readonly kind: RevenueKind; readonly amount: Money }[]): Posting[] {
  return entryOf(parts.flatMap(({ kind, amount }) => [debitSide(revenueOf(kind), amount), creditSide(deferredRevenueOf(kind), amount)]))
}

/** A few minor units that a buyer paid too little (above zero) or too much (below zero), and that nobody will claim. */
export function postingsOfRounding({ accountId, amount }: BuyerMoney): Posting[] {
  return entryOf([debitSide(rounding, amount), creditSide(receivable, amount, accountId)])
}

function requirePositive(amount: Money, what: string): void {
  invariant(amount.minor > 0n, `${what}: the amount is above zero`)
}
