import { add, type Money, negate, sum, zero } from '../money/money.ts'
import { invariant } from '../shared/invariant.ts'
import type { TaxTreatment } from '../tax/determine-tax.ts'
import { type ChartAccount, type RevenueKind, receivable, revenueKinds, revenueOf, taxPayable } from './chart.ts'

/** One side of an entry: debit positive, credit negative. `accountId` names the buyer it concerns. */
export type Posting = { readonly account: ChartAccount; readonly accountId: string | null; readonly amount: Money }

/** What the ledger needs to know of an invoice: a draft or a finalised one. */
export type PostedInvoice = {
  readonly accountId: string
  readonly lines: readonly { readonly feeKind: RevenueKind; readonly net: Money }[]
  readonly taxes: readonly (Pick<TaxTreatment, 'category' | 'rate'> & { readonly tax: Money })[]
  readonly total: Money
}

/** Tax of a document by category and rate. */
export type PostedTax = PostedInvoice['taxes'][number]

/**
 * The postings of an invoice or a debit note: receivable by its total, revenue by the net of each kind of fee, tax payable by rate.
 * Sides of nothing are left out; an invoice over nothing has no postings.
 * @throws InvariantError when they would not balance.
 */
export function postingsOfInvoice(invoice: PostedInvoice): Posting[] {
  const { currency } = invoice.total
  const revenue = revenueKinds.map((kind) => {
    const nets = invoice.lines.filter((line) => line.feeKind === kind).map((line) => line.net)
    return creditSide(revenueOf(kind), sum(currency, nets))
  })
  const taxes = invoice.taxes.map((line) => creditSide(taxPayable(line.category, line.rate), line.tax))
  return entryOf([debitSide(receivable, invoice.total, invoice.accountId), ...revenue, ...taxes])
}

/** `amount` on the debit side of `account`; `accountId` names the buyer it concerns. */
export function debitSide(account: ChartAccount, amount: Money, accountId: string | null = null): Posting {
  return { account, accountId, amount }
}

/** `amount` on the credit side of `account`; `accountId` names the buyer it concerns. */
export function creditSide(account: ChartAccount, amount: Money, accountId: string | null = null): Posting {
  return { account, accountId, amount: negate(amount) }
}

/** `sides` as one entry: sides of nothing are left out. @throws InvariantError when they do not balance in each currency. */
export function entryOf(sides: readonly Posting[]): Posting[] {
  const entry = sides.filter((posting) => posting.amount.minor !== 0n)
  assertBalanced(entry)
  return entry
}

/** The postings that take `postings` back: every side turned round. */
export function reversalOf(postings: readonly Posting[]): Posting[] {
  return postings.map((posting) => ({ ...posting, amount: negate(posting.amount) }))
}

/** What debits and credits differ by, in each currency; nothing when they balance. */
export function imbalanceOf(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, Money>()
  for (const amount of amounts) sums.set(amount.currency, add(sums.get(amount.currency) ?? zero(amount.currency), amount))
  return [...sums.values()].filter((difference) => difference.minor !== 0n)
}

/** @throws InvariantError when debits and credits differ in any currency. */
export function assertBalanced(postings: readonly Posting[]): void {
  const differences = imbalanceOf(postings.map((posting) => posting.amount))
  invariant(
    differences.length === 0,
    `ledger: postings differ by ${differences.map(({ minor, currency }) => `${minor} ${currency}`).join(', ')}`,
  )
}
