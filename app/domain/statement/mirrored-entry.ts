import { type ChartAccount, payableToParent, prepaidBalance, purchases, receivable, rounding, unappliedCash } from '../ledger/chart.ts'
import type { EntryKind } from '../ledger/entry-kind.ts'
import { creditSide, debitSide, entryOf, type PostedTax, type Posting, reversalOf } from '../ledger/postings.ts'
import { postingsOfParentDocument, postingsOfParentOffset, postingsOfParentPayment } from '../ledger/settlement-rules.ts'
import { type Money, negate, sum } from '../money/money.ts'
import { invariant } from '../shared/invariant.ts'

/** Accounts of a seller's books that together say what one buyer owes: a debit adds to it, a credit takes off. */
export const edgeAccounts: readonly ChartAccount[] = [receivable, unappliedCash, prepaidBalance]

/** Source keys of a child's entries that mirror one of its parent's begin with this. */
export const mirroredPrefix = 'parent:'

/** The source key of the child's entry that mirrors the parent's of `sourceKey`. */
export function mirroredKey(sourceKey: string): string {
  return mirroredPrefix + sourceKey
}

/** What a document of the parent came to. */
export type MirroredDocument = { readonly taxes: readonly PostedTax[]; readonly total: Money }

/**
 * An entry of the parent's books as its buyer reads it. `owed` is what it adds to what the buyer owes, below zero what it takes off; `kind` of
 * a reversal is that of the entry it takes back.
 */
export type EdgeEntry = { readonly kind: EntryKind; readonly owed: Money; readonly document: MirroredDocument | null }

/**
 * What the child books for an entry of its parent: the payable moves by `owed`. A document is bought by net and tax, one that is void or a
 * credit is given back the same way; money moves at the bank; what the parent holds is offset. A debt that the parent gives up, and credit
 * that it gives, lower what was bought by all of it: the tax in it changes by a document only.
 * @throws InvariantError when a document does not come to what was booked for it.
 */
export function postingsOfMirrored({ kind, owed, document }: EdgeEntry): Posting[] {
  switch (kind) {
    case 'invoice':
    case 'debit-note':
    case 'credit-note':
    case 'void':
      return bought(owed, document)
    case 'write-off':
    case 'credit-grant':
    case 'credit-expiry':
      return entryOf([debitSide(purchases, owed), creditSide(payableToParent, owed)])
    case 'allocation':
    case 'rounding':
      return entryOf([debitSide(rounding, owed), creditSide(payableToParent, owed)])
    case 'settlement':
      return postingsOfParentOffset(negate(owed))
    default:
      return postingsOfParentPayment(negate(owed))
  }
}

function bought(owed: Money, document: MirroredDocument | null): Posting[] {
  const isCharged = owed.minor > 0n
  const total = isCharged ? owed : negate(owed)
  invariant(document && document.total.minor === total.minor, 'mirrored entry: the document does not come to what was booked for it')
  const tax = sum(
    total.currency,
    document.taxes.map((line) => line.tax),
  )
  const net = { ...total, minor: total.minor - tax.minor }
  const postings = postingsOfParentDocument({ net, taxes: document.taxes, total })
  return isCharged ? postings : reversalOf(postings)
}
