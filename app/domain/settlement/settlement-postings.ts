import { type ChartAccount, gatewayFees, payableToChild, purchases, receivableFromParent, revenueOf, taxPayable } from '../ledger/chart.ts'
import { creditSide, debitSide, entryOf, type PostedTax, type Posting } from '../ledger/postings.ts'
import { type Money, subtract, sum } from '../money/money.ts'

/** What a customer of the child paid of a sale whose revenue is shared, collected by the parent. */
export type SharedSale = {
  readonly childAccountId: string
  readonly at: ChartAccount
  readonly paid: Money
  /** The tax in it, by rate, when the parent owes it to the state; otherwise the child does, and gets it. */
  readonly taxes: readonly PostedTax[]
  readonly childTax: Money
}

/** A shared sale is the parent's own revenue, net; the tax in it belongs to whoever issues the customer's document. The child's share is bought later. */
export function postingsOfSharedSale({ childAccountId, at, paid, taxes, childTax }: SharedSale): Posting[] {
  const ownTax = sum(
    paid.currency,
    taxes.map(({ tax }) => tax),
  )
  return entryOf([
    debitSide(at, paid),
    creditSide(revenueOf('item'), subtract(subtract(paid, ownTax), childTax)),
    ...taxes.map(({ category, rate, tax }) => creditSide(taxPayable(category, rate), tax)),
    creditSide(payableToChild, childTax, childAccountId),
  ])
}

/** In the child's books: what the parent keeps for collecting a payment of the child's customer. */
export function postingsOfChargeKept(charge: Money): Posting[] {
  return entryOf([debitSide(gatewayFees, charge), creditSide(receivableFromParent, charge)])
}

/** In the child's books: what of a shared sale the parent keeps is what the child bought it for. */
export function postingsOfShareKept(kept: Money): Posting[] {
  return entryOf([debitSide(purchases, kept), creditSide(receivableFromParent, kept)])
}

/** In the child's books: tax of its customers' documents that the parent owes to the state, out of what it took. */
export function postingsOfTaxKept(taxes: readonly PostedTax[], kept: Money): Posting[] {
  return entryOf([
    ...taxes.map(({ category, rate, tax }) => debitSide(taxPayable(category, rate), tax)),
    creditSide(receivableFromParent, kept),
  ])
}

/** In the child's books: the tax that a self-billed document adds to its share is owed to the state, and by the parent. */
export function postingsOfSelfBilledTax(taxes: readonly PostedTax[], currency: string): Posting[] {
  const all = sum(
    currency,
    taxes.map(({ tax }) => tax),
  )
  return entryOf([
    debitSide(receivableFromParent, all),
    ...taxes.map(({ category, rate, tax }) => creditSide(taxPayable(category, rate), tax)),
  ])
}
