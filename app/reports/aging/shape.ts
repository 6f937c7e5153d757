import type { Money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** How long something is due: not yet, 1 to 30 days, 31 to 60, 61 to 90, longer. `credit` is what a buyer has left of credit notes. */
export const agingBuckets = ['notDue', 'days30', 'days60', 'days90', 'older', 'credit'] as const
export type AgingBucket = (typeof agingBuckets)[number]

/** What is open in one currency, by how long it is due. The buckets add up to `total`. */
export type AgingFigures = Readonly<Record<AgingBucket, Money>> & { readonly total: Money }
export type AgingRow = AgingFigures & { readonly accountId: string; readonly name: string }

export type Aging = {
  readonly asOf: LocalDate
  /** One for each currency. */
  readonly totals: readonly AgingFigures[]
  readonly rows: readonly AgingRow[]
  readonly count: number
}

/** A document that was open on the day; without one it is what entries booked that name none. */
export type AgingDocument = {
  readonly accountId: string
  readonly name: string
  readonly invoiceId: string | null
  readonly number: string | null
  readonly dueDate: LocalDate
  readonly bucket: AgingBucket
  readonly open: Money
}
