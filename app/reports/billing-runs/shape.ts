import type { DraftFlag, HoldReason } from '#app/domain/invoice/judge-draft.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** One closing of one period; the dates are the seller's, the end exclusive. */
export type BillingRunItem = {
  readonly id: string
  readonly publicId: string
  readonly periodStart: LocalDate
  readonly periodEnd: LocalDate
  readonly state: 'requested' | 'drafted' | 'held' | 'finalising' | 'paused' | 'finished'
  readonly drafted: number
  readonly finalised: number
  readonly parked: number
  readonly requestedBy: string
  readonly startedAt: Date
  readonly finishedAt: Date | null
  readonly lockedAt: Date | null
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
  readonly periodStart: LocalDate
  readonly periodEnd: LocalDate
  /** Of the contract's invoice before; null when this is its first. */
  readonly previousTotal: Money | null
  readonly previousInvoiceId: string | null
  readonly flags: readonly DraftFlag[]
  readonly invoiceId: string | null
  readonly number: string | null
}

export type BillingRunDetail = BillingRunItem & {
  readonly heldReasons: readonly HoldReason[]
  /** A user's id, or the name of the job. */
  readonly requestedById: string
  readonly approvedAt: Date | null
  /** Drafts that wait for their number. */
  readonly waiting: number
  /** Invoices made in the minute before now. */
  readonly perMinute: number
  /** How many drafts carry each mark; marks that none carries are left out. */
  readonly flags: readonly { readonly flag: DraftFlag; readonly count: number }[]
  /** Records of usage from the period that wait in quarantine, whoever they belong to. */
  readonly quarantined: number
  readonly drafts: readonly BillingRunDraft[]
  readonly nextCursor: string | null
}
