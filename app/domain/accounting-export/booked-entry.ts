import type { Money } from '../money/money.ts'
import type { LocalDate } from '../time/local-date.ts'

/** One side of an entry as it leaves: debit above zero. `number` and `taxKey` are those of the accountant's books. */
export type BookedPosting = {
  readonly code: string
  readonly number: string
  readonly taxKey: string
  readonly buyer: string | null
  readonly amount: Money
}

/** A posted entry as it leaves, all of one currency. */
export type BookedEntry = {
  readonly id: string
  readonly bookedOn: LocalDate
  readonly kind: string
  readonly document: string | null
  readonly buyer: string | null
  readonly reason: string | null
  readonly postings: readonly BookedPosting[]
}
