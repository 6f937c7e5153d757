import { type Posting, reversalOf } from '../ledger/postings.ts'
import { postingsOfWriteOff, type WriteOffInput } from '../ledger/write-off.ts'
import { type Money, subtract } from '../money/money.ts'

export type RecoveryInput = Omit<WriteOffInput, 'open'> & {
  /** What is given up before the payment, and what of it the payment brings, tax included. */
  readonly givenUp: Money
  readonly recovered: Money
}

/**
 * The postings that bring back what was given up and is paid after all: that much of the write-off is reversed. The tax of several
 * recoveries adds up to the tax that was corrected, to the unit.
 * @throws InvariantError when they would not balance.
 */
export function postingsOfRecovery({ givenUp, recovered, ...facts }: RecoveryInput): Posting[] {
  const before = postingsOfWriteOff({ ...facts, open: givenUp })
  const after = postingsOfWriteOff({ ...facts, open: subtract(givenUp, recovered) })
  const left = new Map(after.map((posting) => [posting.account.code, posting.amount]))
  const gone = before.map((posting) => {
    const rest = left.get(posting.account.code)
    return rest ? { ...posting, amount: subtract(posting.amount, rest) } : posting
  })
  return reversalOf(gone.filter(({ amount }) => amount.minor !== 0n))
}
