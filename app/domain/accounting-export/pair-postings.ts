import type { Money } from '../money/money.ts'
import { money } from '../money/money.ts'
import { invariant } from '../shared/invariant.ts'
import type { BookedPosting } from './booked-entry.ts'

/** A part of an entry between two accounts; `amount` above zero. */
export type Pair = { readonly debit: BookedPosting; readonly credit: BookedPosting; readonly amount: Money }

/**
 * A balanced entry as pairs of a debit and a credit account, for programs that know no more sides: every posting is used up, so each
 * account comes to the same debits and credits. @throws InvariantError when the entry does not balance.
 */
export function pairPostings(postings: readonly BookedPosting[]): Pair[] {
  const debits = postings.filter(({ amount }) => amount.minor > 0n).map((posting) => ({ posting, left: posting.amount.minor }))
  const credits = postings.filter(({ amount }) => amount.minor < 0n).map((posting) => ({ posting, left: -posting.amount.minor }))
  const pairs: Pair[] = []
  for (const debit of debits) {
    while (debit.left > 0n) {
      const credit = credits.find(({ left }) => left > 0n)
      invariant(credit, 'pairPostings: the entry does not balance')
      const minor = credit.left < debit.left ? credit.left : debit.left
      pairs.push({ debit: debit.posting, credit: credit.posting, amount: money(minor, debit.posting.amount.currency) })
      debit.left -= minor
      credit.left -= minor
    }
  }
  invariant(
    credits.every(({ left }) => left === 0n),
    'pairPostings: the entry does not balance',
  )
  return pairs
}
