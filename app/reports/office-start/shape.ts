import type { Money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** What stands on every page of the office. */
export type OfficeShell = {
  readonly sellerName: string
  readonly kind: 'provider' | 'reseller'
  readonly hasPartners: boolean
  /** Whether usage comes from clouds of its own; a reseller's mostly comes from the parent. */
  readonly hasClouds: boolean
  readonly quarantined: number
  readonly failedJobs: number
  readonly waitingTickets: number
}

export type OfficeStart = {
  readonly asOf: Date
  readonly month: string
  readonly accruedNet: Money
  readonly lastMonthNet: Money
  readonly open: Money
  readonly overdue: Money
  readonly accounts: number
  readonly servers: number
  readonly days: readonly { readonly day: string; readonly amount: Money }[]
  readonly needs: readonly (
    | { readonly kind: 'broken-invariants'; readonly count: number }
    | { readonly kind: 'order-review'; readonly count: number }
    | { readonly kind: 'sign-up-review'; readonly count: number }
    | { readonly kind: 'apps-silent'; readonly count: number }
    | { readonly kind: 'quarantine'; readonly count: number }
    | { readonly kind: 'failed-jobs'; readonly count: number }
    | { readonly kind: 'mail-bounced'; readonly count: number }
    | { readonly kind: 'webhook-paused'; readonly count: number }
    | { readonly kind: 'month-unbilled'; readonly month: string }
    | { readonly kind: 'overdue'; readonly count: number; readonly amount: Money }
    | { readonly kind: 'held-run'; readonly runId: string; readonly periodEnd: LocalDate }
    | { readonly kind: 'parked-drafts'; readonly runId: string; readonly count: number }
  )[]
}
