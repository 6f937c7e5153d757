import type { Money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** One side of an entry that an invoice was booked with: a debit is above zero, a credit below. */
export type InvoicePosting = {
  readonly id: string
  readonly entryId: string
  readonly code: string
  readonly amount: Money
  readonly bookedOn: LocalDate
}
