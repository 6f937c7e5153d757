import { add, type Money, multiply, negate, subtract, toDecimal, zero } from '../money/money.ts'
import { badDebt, receivable, taxPayable } from './chart.ts'
import { assertBalanced, type PostedInvoice, type Posting } from './postings.ts'

export type WriteOffInput = {
  readonly invoice: Pick<PostedInvoice, 'accountId' | 'taxes' | 'total'>
  /** What of the invoice is open, tax included. */
  readonly open: Money
  /** Whether the tax in it is taken back from the state with it, as the law of some countries allows at once. */
  readonly isTaxCorrected: boolean
}

/**
 * The postings that give up what is `open` of an invoice: its net is a bad debt, and so is its tax, unless that is corrected. The tax
 * of each rate is the open share of the invoice's, rounded once.
 * @throws InvariantError when they would not balance.
 */
export function postingsOfWriteOff({ invoice, open, isTaxCorrected }: WriteOffInput): Posting[] {
  const share = toDecimal(open).div(toDecimal(invoice.total))
  const taxes = isTaxCorrected ? invoice.taxes.map((line) => ({ line, tax: multiply(line.tax, share) })) : []
  const tax = taxes.reduce((sum, each) => add(sum, each.tax), zero(open.currency))
  const postings: Posting[] = [
    { account: badDebt, accountId: null, amount: subtract(open, tax) },
    ...taxes.map((each) => ({ account: taxPayable(each.line.category, each.line.rate), accountId: null, amount: each.tax })),
    { account: receivable, accountId: invoice.accountId, amount: negate(open) },
  ]
  const entry = postings.filter(({ amount }) => amount.minor !== 0n)
  assertBalanced(entry)
  return entry
}
