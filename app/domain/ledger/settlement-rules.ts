import { type Money, subtract } from '../money/money.ts'
import { invariant } from '../shared/invariant.ts'
import {
  bank,
  type ChartAccount,
  inputTax,
  payableToChild,
  payableToParent,
  purchases,
  receivable,
  receivableFromParent,
  revenueOf,
} from './chart.ts'
import { creditSide, debitSide, entryOf, type PostedTax, type Posting } from './postings.ts'

/** A document that somebody charges this tenant by. */
export type Purchase = { readonly net: Money; readonly taxes: readonly PostedTax[]; readonly total: Money }

/** What the parent charges: bought to be sold on, tax that comes back by rate, owed to the parent. */
export function postingsOfParentDocument(document: Purchase): Posting[] {
  return entryOf([...boughtBy(document), creditSide(payableToParent, document.total)])
}

/** The parent is paid. */
export function postingsOfParentPayment(amount: Money): Posting[] {
  return entryOf([debitSide(payableToParent, amount), creditSide(bank, amount)])
}

/** What the parent holds for this tenant settles what this tenant owes it. */
export function postingsOfParentOffset(amount: Money): Posting[] {
  return entryOf([debitSide(payableToParent, amount), creditSide(receivableFromParent, amount)])
}

/** The parent pays out what it collected. */
export function postingsOfParentPayout(amount: Money): Posting[] {
  return entryOf([debitSide(bank, amount), creditSide(receivableFromParent, amount)])
}

/** `childAccountId` is the account that the child has here. */
export type ChildMoney = { readonly childAccountId: string; readonly amount: Money }
export type Collected = ChildMoney & { readonly at: ChartAccount; readonly financialCharge: Money }

/** A payment of a child's customer, collected here: it is the child's, less the financial charge that is earned. */
export function postingsOfCollected({ childAccountId, at, amount, financialCharge }: Collected): Posting[] {
  invariant(financialCharge.minor >= 0n && financialCharge.minor <= amount.minor, 'collected: the charge is a part of the amount')
  return entryOf([
    debitSide(at, amount),
    creditSide(payableToChild, subtract(amount, financialCharge), childAccountId),
    creditSide(revenueOf('financial-charge'), financialCharge),
  ])
}

/** The self-billed document of a child's share: bought from the child, owed to it. */
export function postingsOfSelfBilled({ childAccountId, ...document }: Purchase & { readonly childAccountId: string }): Posting[] {
  return entryOf([...boughtBy(document), creditSide(payableToChild, document.total, childAccountId)])
}

/** What is held for a child settles what the child owes for its own invoices. */
export function postingsOfChildOffset({ childAccountId, amount }: ChildMoney): Posting[] {
  return entryOf([debitSide(payableToChild, amount, childAccountId), creditSide(receivable, amount, childAccountId)])
}

/** What is left of a child's money is paid out to it. */
export function postingsOfChildPayout({ childAccountId, amount }: ChildMoney): Posting[] {
  return entryOf([debitSide(payableToChild, amount, childAccountId), creditSide(bank, amount)])
}

function boughtBy({ net, taxes }: Purchase): Posting[] {
  return [debitSide(purchases, net), ...taxes.map(({ category, rate, tax }) => debitSide(inputTax(category, rate), tax))]
}
