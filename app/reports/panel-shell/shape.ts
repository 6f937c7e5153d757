import type { NoticeFacts } from '#app/domain/budget/notice.ts'
import type { Money } from '#app/domain/money/money.ts'

/** What stands on every page of the panel. */
export type PanelShell = {
  readonly accountName: string
  readonly accountPublicId: string
  readonly spendSoFar: Money
  readonly overdueInvoices: number
  /** Set while the account may not order or act. */
  readonly restriction: 'suspended' | 'closed' | null
  readonly isDepartment: boolean
  /** Maintenance and disruptions that the account was told of and that are not over; at most three. */
  readonly service: readonly Extract<NoticeFacts, { code: 'service-notice' }>[]
  /** Set while the account is held back; `missing` is what is overdue, or beyond its limit; null when neither is. */
  readonly hold: {
    readonly isStopped: boolean
    /** Where the account waits for its sign-up to be looked at, or that was refused. */
    readonly signUp: 'waiting' | 'refused' | null
    readonly missing: { readonly why: 'overdue' | 'limit'; readonly amount: Money } | null
  } | null
}
