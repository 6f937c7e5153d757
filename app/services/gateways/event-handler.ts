import type { EventOutcome } from '#app/db/payments/gateway-events.server.ts'
import type { GatewayEvent } from '#app/ports/payment-gateway.ts'
import type { GatewayProcess } from './gateway-ports.server.ts'

export type EventKind = GatewayEvent['about']['kind']

/** What a proved event is about, and the account it came by. */
export type EventAbout<K extends EventKind> = {
  readonly gatewayAccountId: string
  readonly about: Extract<GatewayEvent['about'], { readonly kind: K }>
}

/** Takes in what a gateway told. @throws when it must be tried again. */
export type EventHandler<K extends EventKind> = (process: GatewayProcess, event: EventAbout<K>) => Promise<EventOutcome>
