import type { NoticeFacts } from '#app/domain/budget/notice.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { ServerState } from '../servers/shape.ts'

export type DaySpend = { readonly day: string; readonly amount: Money }

export type Need =
  | {
      readonly kind: 'invoice-overdue' | 'invoice-open'
      readonly invoiceId: string
      readonly number: string
      readonly amount: Money
      readonly dueOn: string
    }
  | {
      readonly kind: 'card-expiring'
      readonly methodId: string
      readonly label: string
      readonly lastDigits: string | null
      readonly expiresOn: string
      readonly isOver: boolean
    }
  | { readonly kind: 'limit-near'; readonly available: Money }
  | { readonly kind: 'server-failed'; readonly serverId: string; readonly name: string }
  | { readonly kind: 'mail-bounced'; readonly address: string }
  | { readonly kind: 'told'; readonly id: string; readonly notice: NoticeFacts }
  | { readonly kind: 'email-unconfirmed'; readonly email: string }

export type OwnServer = { readonly id: string; readonly name: string; readonly state: ServerState; readonly address: string | null }
export type OwnSubscription = { readonly id: string; readonly name: string; readonly product: string; readonly state: 'active' | 'paused' }

/** The month so far. Due, accrued and credit are three figures that never merge. */
export type PanelDashboard = {
  readonly asOf: Date
  readonly monthStart: string
  readonly spendSoFar: Money
  readonly forecast: Money
  /** Same days of last month; null in the first month. */
  readonly lastMonthSameDays: Money | null
  readonly due: Money
  readonly accrued: Money
  /** Of the reader's own limit, tax included: what orders hold, and what is left for new ones. Null without a limit to be judged by. */
  readonly reserved: Money | null
  readonly available: Money | null
  readonly credit: Money
  /** One entry a day from the first of the month to today. */
  readonly days: readonly DaySpend[]
  readonly daysInMonth: number
  readonly servers: readonly { readonly state: ServerState; readonly count: number }[]
  readonly newestServers: readonly OwnServer[]
  /** How many run or pause. */
  readonly subscriptions: number
  readonly newestSubscriptions: readonly OwnSubscription[]
  /** How many are not closed, and of these how many wait for the reader's side. */
  readonly tickets: { readonly open: number; readonly answered: number }
  readonly needs: readonly Need[]
}
