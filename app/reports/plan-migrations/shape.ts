import type { Money } from '#app/domain/money/money.ts'

/** Names by language tag. */
export type Names = Readonly<Record<string, string>>

export type MigrationState = 'draft' | 'notified' | 'scheduled' | 'applied' | 'undone'
export type MigrationItemState = 'selected' | 'excluded' | 'scheduled' | 'applied' | 'undone' | 'failed'

export type MigrationCounts = Readonly<Record<MigrationItemState, number>>

/** What whoever moves pays in a whole month before and after, before tax. */
export type MigrationTotal = { readonly currency: string; readonly current: Money; readonly next: Money; readonly difference: Money }

export type MigrationListItem = {
  readonly id: string
  readonly name: string
  readonly fromPlan: Names
  readonly toPlan: Names
  readonly applies: 'now' | 'renewal' | 'date'
  readonly effectiveAt: Date | null
  readonly state: MigrationState
  readonly createdAt: Date
  readonly moving: number
}

export type MigrationSubscriber = {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly subscription: string
  readonly current: Money
  readonly next: Money
  readonly difference: Money
  readonly appliesAt: Date | null
  readonly state: MigrationItemState
  readonly problem: string | null
}

export type MigrationFilter = { readonly text?: string | undefined; readonly state?: string | undefined; readonly page: number }

export type MigrationDetail = MigrationListItem & {
  readonly createdBy: string
  readonly notifiedAt: Date | null
  readonly appliedAt: Date | null
  readonly counts: MigrationCounts
  readonly totals: readonly MigrationTotal[]
  readonly subscribers: readonly MigrationSubscriber[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
}

/** A version a plan can be pinned to. */
export type VersionOption = { readonly id: string; readonly bookName: string; readonly number: number; readonly validFrom: Date }
/** A plan with how many run on it. */
export type PlanOption = { readonly id: string; readonly name: Names; readonly subscribers: number }
