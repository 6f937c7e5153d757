import type { BookMonth } from '#app/domain/ledger/accounting-period.ts'
import type { ChartKind } from '#app/domain/ledger/chart.ts'
import type { EntryKind, NotReversible } from '#app/domain/ledger/entry-kind.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** The sum of all postings in one currency: anything but zero is an alarm. */
export type LedgerImbalance = { readonly imbalance: Money; readonly entries: number }

/** One ledger account in one currency: debits, credits (positive) and their difference. */
export type TrialBalanceLine = {
  readonly code: string
  readonly kind: ChartKind
  readonly debit: Money
  readonly credit: Money
  readonly balance: Money
}

/** One entry of the journal; `amounts` are its debits, one per currency. */
export type JournalEntry = {
  readonly id: string
  readonly bookedOn: LocalDate
  readonly kind: EntryKind
  readonly accountId: string | null
  readonly buyerName: string | null
  readonly invoiceId: string | null
  readonly document: string | null
  readonly amounts: readonly Money[]
  readonly isReversed: boolean
}

export type Journal = { readonly rows: readonly JournalEntry[]; readonly nextCursor: string | null }

/** One side of an entry: a debit is above zero, a credit below. */
export type EntryPosting = {
  readonly id: string
  readonly code: string
  readonly accountId: string | null
  readonly buyerName: string | null
  readonly amount: Money
}

export type EntryDetail = Omit<JournalEntry, 'amounts' | 'isReversed'> & {
  readonly createdAt: Date
  readonly sourceKey: string
  readonly reason: string | null
  /** The entry that this one takes back, and the one that takes this one back. */
  readonly reversesId: string | null
  readonly reversedById: string | null
  readonly notReversible: NotReversible | null
  readonly postings: readonly EntryPosting[]
}

/** A posting of an account sheet with what the account comes to after it. */
export type SheetRow = Omit<EntryPosting, 'code'> & {
  readonly entryId: string
  readonly bookedOn: LocalDate
  readonly kind: EntryKind
  readonly invoiceId: string | null
  readonly document: string | null
  readonly balance: Money
}

/** One account in one currency, newest first. `before` is its balance before the first day asked for, `after` that after the last. */
export type AccountSheet = {
  readonly kind: ChartKind
  readonly before: Money
  readonly after: Money
  readonly rows: readonly SheetRow[]
  readonly nextCursor: string | null
}

/** A month of the books: what was booked into it, and whether more can be. */
export type BookPeriod = {
  readonly month: BookMonth
  readonly state: 'open' | 'closed'
  readonly entries: number
  readonly closedAt: Date | null
  readonly closedBy: string | null
  readonly reopenReason: string | null
  readonly reopenAskedBy: string | null
  /** Whether the person who looks asked for it. */
  readonly isOwnRequest: boolean
}
