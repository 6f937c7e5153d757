import type { TrialMeasure } from '#app/domain/catalog/trial-terms.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { SubscriptionChangeKind, SubscriptionChangeState } from '#app/domain/subscription/subscription-change.ts'

export const subscriptionStates = ['active', 'paused', 'pending', 'ended'] as const
export type SubscriptionStateName = (typeof subscriptionStates)[number]

export type SubscriptionFilter = {
  readonly state?: SubscriptionStateName | undefined
  readonly search?: string | undefined
  readonly page: number
  readonly language: string
}

export type SubscriptionRow = {
  readonly id: string
  readonly name: string
  readonly accountId: string
  readonly accountName: string
  readonly product: string
  /** Decimal text. */
  readonly quantity: string
  readonly state: SubscriptionStateName
  readonly startedAt: Date
  readonly endedAt: Date | null
  readonly endsAt: Date | null
  readonly renews: boolean
  readonly trialEndsAt: Date | null
  /** What waits for its instant, or for the customer's word. */
  readonly nextChange: SubscriptionChangeKind | null
  readonly nextChangeAt: Date | null
}

export type SubscriptionList = {
  readonly rows: readonly SubscriptionRow[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
  readonly hasAny: boolean
}

export type SubscriptionPart = {
  readonly id: string
  readonly productId: string
  readonly product: string
  readonly role: 'main' | 'add-on' | 'included'
  readonly quantity: string
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly isRunning: boolean
}

export type ChangeEntry = {
  readonly id: string
  readonly kind: SubscriptionChangeKind
  readonly state: SubscriptionChangeState
  readonly effectiveAt: Date
  readonly createdAt: Date
  readonly appliedAt: Date | null
  /** People by name; null: the system. */
  readonly askedBy: string | null
  readonly decidedBy: string | null
  readonly product: string | null
  readonly quantity: string | null
  readonly failure: string | null
  /** What was previewed, with tax; null where nothing was. */
  readonly total: Money | null
}

/** What a buyer has of a product in trial, by one limit of it. */
export type TrialMeter = { readonly measure: TrialMeasure; readonly used: number; readonly most: number }

export type SubscriptionDetail = Omit<SubscriptionRow, 'nextChange' | 'nextChangeAt'> & {
  /** While it is in trial, and its product sets limits. */
  readonly trial: readonly TrialMeter[]
  readonly currency: string
  readonly pausedAt: Date | null
  /** It follows a subscription one level below and cannot be changed here. */
  readonly follows: boolean
  /** The version whose prices its plan keeps; null: it follows the newest. */
  readonly pinned: { readonly book: string; readonly number: number } | null
  /** Recurring fees of a full period as it runs now, before tax. */
  readonly recurring: Money
  /** When the running service period ends; null when nothing runs. */
  readonly nextPeriodAt: Date | null
  readonly servers: readonly { readonly id: string; readonly name: string }[]
  /** What the buyer told the seller with the order; null where nothing was. */
  readonly note: string | null
  readonly parts: readonly SubscriptionPart[]
  readonly changes: readonly ChangeEntry[]
}

/** A product a subscription may change to, or add; the recurring fee for one of it, before tax. */
export type ProductChoice = { readonly productId: string; readonly name: string; readonly price: Money | null }
/** A version of the prices that a subscription may keep; the recurring fee for one of its plan in it, before tax. */
export type VersionChoice = {
  readonly priceVersionId: string
  readonly book: string
  readonly number: number
  readonly validFrom: Date
  readonly price: Money | null
}

/** `versions` are the seller's to choose from; a buyer is given none. */
export type ChangeChoices = {
  readonly plans: readonly ProductChoice[]
  readonly addOns: readonly ProductChoice[]
  readonly versions: readonly VersionChoice[]
}
