import type { AppTier } from '#app/domain/apps/app-template.ts'
import type { ApplicationState, PieceStanding } from '#app/domain/apps/application-state.ts'
import type { Money } from '#app/domain/money/money.ts'

/** A tier with its name in the reader's language. */
export type OfferedTier = AppTier & { readonly title: string }

/** An application of several tiers as the store shows it. */
export type AppOffer = {
  readonly code: string
  readonly name: string
  readonly description: string
  readonly tiers: readonly OfferedTier[]
  /** The private network that all its servers join, in whose place they are built; null for the public one. */
  readonly network: { readonly id: string; readonly name: string; readonly zone: string } | null
}

/** An application that a buyer has. */
type ApplicationFacts = {
  readonly id: string
  readonly name: string
  /** What it was made from, in the reader's language. */
  readonly app: string
  readonly location: string
  readonly state: ApplicationState
}
export type ApplicationListRow = ApplicationFacts & { readonly servers: number }
export type ApplicationList = {
  readonly rows: readonly ApplicationListRow[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
}

/** A server of a tier, or the order of one. */
export type TierPiece = {
  readonly orderId: string
  readonly order: PieceStanding['order']
  readonly serverId: string | null
  readonly name: string
  readonly state: NonNullable<PieceStanding['server']>
  readonly pendingAction: string | null
  readonly address: string | null
  readonly planName: string
  readonly monthlyCap: Money | null
}

export type ApplicationTier = {
  readonly code: string
  readonly title: string
  readonly pieces: readonly TierPiece[]
  readonly planCodes: readonly string[]
  readonly port: number | null
  /** What its servers are to run; null for a tier that its app has no more. */
  readonly imageCode: string | null
  readonly mayGrow: boolean
  readonly mayShrink: boolean
  /** Whether one of its servers runs another image. */
  readonly isBehind: boolean
}

export type ApplicationDetail = ApplicationFacts & {
  readonly accountId: string
  readonly createdAt: Date
  readonly tiers: readonly ApplicationTier[]
  /** Whether a piece of it is being ordered or worked on. */
  readonly isBusy: boolean
  /** The most a month of all its servers costs, and what they cost in this one so far; null without any. */
  readonly monthly: Money | null
  readonly costSoFar: Money | null
}
