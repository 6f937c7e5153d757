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
  readonly steps: readonly OrderStepView[]
  /** Whether a server is built for it; services begin without one. */
  readonly hasServer: boolean
  readonly subscriptionId: string | null
  /** The server, once there is one. */
  readonly serverId: string | null
  readonly address: string | null
}
