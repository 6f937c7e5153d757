import type { LocalDate } from '#app/domain/time/local-date.ts'

export type ReRateState = 'requested' | 'previewed' | 'approved' | 'applied' | 'refused' | 'failed'

/** Amounts of a run in one currency, decimal texts in major units, before tax. */
export type ReRateTotal = { readonly currency: string; readonly oldAmount: string; readonly newAmount: string; readonly difference: string }

export type ReRateItem = {
  readonly id: string
  readonly reason: string
  readonly state: ReRateState
  readonly from: LocalDate
  readonly through: LocalDate
  readonly requestedBy: string
  readonly requestedAt: Date
  readonly approvedBy: string | null
  readonly approvedAt: Date | null
  readonly finishedAt: Date | null
  readonly lines: number
  readonly posted: number
  readonly totals: readonly ReRateTotal[]
}

/** The difference of one buyer and billing month. */
export type ReRateLineView = {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly billingPeriod: LocalDate
  readonly oldAmount: string
  readonly newAmount: string
  readonly difference: string
  readonly currency: string
  readonly charges: number
  readonly state: 'open' | 'posted'
}

export type ReRateDetail = ReRateItem & {
  /** Who asked, as an identity and not as a name: the same person may not approve. */
  readonly requestedById: string
  /** What the scope names, in words of the data; empty lists leave it open. */
  readonly scope: {
    readonly books: readonly string[]
    readonly versions: readonly string[]
    readonly products: readonly Readonly<Record<string, string>>[]
    readonly meters: readonly string[]
    readonly accounts: readonly string[]
  }
  readonly rows: readonly ReRateLineView[]
  readonly page: number
  readonly pageSize: number
}
