import type { Money } from '#app/domain/money/money.ts'

export type OrderStepName = 'accepted' | 'paid' | 'reserved' | 'building' | 'ready'
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
  /** Why it ended, as far as the buyer may know; null for everything else. */
  readonly ownProblem: 'no-credit' | 'not-paid' | 'not-confirmed' | 'account-blocked' | null
  /** What is missing of the buyer's own limit. */
  readonly missing: Money | null
  readonly isToPay: boolean
  /** Whether the buyer chose to pay before anything is built. */
  readonly paysNow: boolean
  /** The address whose confirmation it waits for; null when it waits for none. */
  readonly unconfirmedEmail: string | null
  /** What went back of what was paid for it, in the way it came; null when nothing did. */
  readonly refunded: Money | null
  /** What was paid for it and stays with the buyer to be spent; null when nothing does. */
  readonly kept: Money | null
  readonly steps: readonly OrderStepView[]
  /** Whether a server is built for it; services begin without one. */
  readonly hasServer: boolean
  readonly subscriptionId: string | null
  /** The server, once there is one. */
  readonly serverId: string | null
  readonly address: string | null
}
