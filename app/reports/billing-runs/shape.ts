import type { Money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** One closing of one period; the dates are the seller's, the end exclusive. */
export type BillingRunItem = {
  readonly id: string
  readonly publicId: string
  readonly periodStart: LocalDate
  readonly periodEnd: LocalDate
  readonly state: 'requested' | 'drafted' | 'finalising' | 'finished'
  readonly drafted: number
  readonly finalised: number
  readonly parked: number
  readonly requestedBy: string
  readonly startedAt: Date
  readonly finishedAt: Date | null
  /** Totals of what was drafted or finalised, one per currency. */
  readonly totals: readonly Money[]
}

/** What a run makes of one contract; `problem` says why it is parked. */
export type BillingRunDraft = {
  readonly id: string
  readonly contractId: string
  readonly accountId: string
  readonly buyerName: string
  readonly state: 'drafted' | 'empty' | 'parked' | 'finalised'
  readonly problem: string | null
  readonly net: Money
  readonly tax: Money
  readonly total: Money
  readonly invoiceId: string | null
  readonly number: string | null
}

export type BillingRunDetail = BillingRunItem & { readonly drafts: readonly BillingRunDraft[]; readonly nextCursor: string | null }
