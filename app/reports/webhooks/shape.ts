import type { WebhookEventType } from '#app/domain/webhook/event-types.ts'

export type EndpointView = {
  readonly id: string
  readonly url: string
  readonly eventTypes: readonly WebhookEventType[]
  readonly state: 'active' | 'paused'
  readonly failingSince: Date | null
  /** Whose it is; null for the seller's own. */
  readonly accountName: string | null
}

export type WebhookAttemptView = {
  readonly number: number
  readonly at: Date
  readonly durationMs: number
  readonly status: number | null
  readonly problem: string | null
  readonly answer: string
}

/** One event on its way to one endpoint, with its newest attempts. */
export type WebhookDeliveryView = {
  readonly id: string
  readonly eventType: string
  readonly body: string
  readonly state: 'waiting' | 'delivered' | 'failed'
  readonly createdAt: Date
  readonly nextAttemptAt: Date | null
  readonly attempts: readonly WebhookAttemptView[]
}

export type EndpointLog = { readonly rows: readonly WebhookDeliveryView[]; readonly nextCursor: string | null }
