import { type Money, subtract, sum } from '../money/money.ts'
import type { GrantKind } from '../wallet/credit-grant.ts'

/** What settled a document on the day it was issued: credit left of another document, or balance, by where that came from. */
export type IssueSettlement = (
  | { readonly kind: 'credit-note'; readonly number: string }
  | { readonly kind: 'balance'; readonly source: GrantKind }
) & {
  readonly amount: Money
}

type Settled = { readonly total: Money; readonly settlements?: readonly IssueSettlement[] }

/** What a document was settled by when it was issued, credit notes and balance together. */
export function settledAtIssue({ total, settlements = [] }: Settled): Money {
  return sum(
    total.currency,
    settlements.map(({ amount }) => amount),
  )
}

/** What a document asked for when it was issued: its total less what settled it at once. Never below nothing. */
export function dueAtIssue(document: Settled): Money {
  return subtract(document.total, settledAtIssue(document))
}
