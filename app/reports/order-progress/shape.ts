import type { Money } from '#app/domain/money/money.ts'

export type OrderStepName = 'accepted' | 'reserved' | 'building' | 'ready'
export type OrderStepView = {
  readonly step: OrderStepName
  readonly state: 'done' | 'current' | 'waiting' | 'failed'
  readonly at: Date | null
}

export type OrderProgress = {
  readonly id: string
  readonly publicId: string
  readonly state: 'placed' | 'provisioning' | 'active' | 'failed' | 'refused'
  readonly serverName: string
  readonly planName: string
  readonly placedAt: Date
  /** Setup and first month, tax included. */
  readonly total: Money
  /** Why it ended, as far as the buyer may know: `no-credit`, `account-blocked`; null for everything else. */
  readonly ownProblem: 'no-credit' | 'account-blocked' | null
  /** What is missing of the buyer's own limit. */
  readonly missing: Money | null
  readonly isToPay: boolean
  readonly steps: readonly OrderStepView[]
  /** Whether a server is built for it; services begin without one. */
  readonly hasServer: boolean
  readonly subscriptionId: string | null
  /** The server, once there is one. */
  readonly serverId: string | null
  readonly address: string | null
}
