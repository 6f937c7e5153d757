import type { Money } from '#app/domain/money/money.ts'

export type BillingRunState = 'requested' | 'drafted' | 'finalising' | 'finished' | 'failed'

export type BillingRunRow = {
  readonly id: string
  readonly publicId: string
  readonly month: string
  readonly state: BillingRunState
  readonly requestedBy: string
  readonly requestedAt: Date
  readonly finishedAt: Date | null
  readonly accountsDone: number
  readonly accountsTotal: number
  readonly invoices: number
  readonly parked: number
  readonly total: Money
}
export type BillingRunList = {
  readonly rows: readonly BillingRunRow[]
  /** Months that can be billed, newest first, as YYYY-MM. */
  readonly months: readonly string[]
  readonly zone: string
}

/** What a run of the month would make, computed by the function the run uses. `problem` says why a draft would be set aside. */
export type BillingPreviewRow = {
  readonly accountId: string
  readonly accountName: string
  readonly lines: number
  readonly net: Money
  readonly tax: Money
  readonly total: Money
  readonly lastMonthNet: Money | null
  /** What a person should look at before the run. */
  readonly flags: readonly ('new' | 'zero' | 'negative' | 'changed' | 'missing-vat-id' | 'already-invoiced')[]
  readonly problem: string | null
}
export type BillingPreview = {
  readonly month: string
  readonly rows: readonly BillingPreviewRow[]
  readonly totals: readonly { readonly net: Money; readonly tax: Money; readonly total: Money }[]
}

export type BillingRunDetail = BillingRunRow & {
  readonly drafts: readonly {
    readonly id: string
    readonly accountId: string
    readonly accountName: string
    readonly state: 'drafted' | 'empty' | 'parked' | 'finalised'
    readonly problem: string | null
    readonly invoiceId: string | null
    readonly invoiceNumber: string | null
    readonly total: Money | null
  }[]
}
