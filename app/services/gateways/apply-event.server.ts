import { type EventOutcome, findGatewayEvent, type GatewayEventRow, noteEventOutcome } from '#app/db/payments/gateway-events.server.ts'
import type { EventHandler } from './event-handler.ts'
import { eventHandlers } from './event-handlers.server.ts'
import type { GatewayProcess } from './gateway-ports.server.ts'

/** Does what a kept event calls for, by the state the gateway tells of now, and notes what came of it. Safe to repeat, in any order. */
export async function applyEvent(process: GatewayProcess, gatewayEventId: string): Promise<EventOutcome | null> {
  const event = await process.inTenant((ctx) => findGatewayEvent(ctx, gatewayEventId))
  if (event?.state !== 'stored') return null
  const outcome = await handle(process, event)
  await process.inTenant((ctx) => noteEventOutcome(ctx, event.id, outcome))
  return outcome
}

async function handle(process: GatewayProcess, { gatewayAccountId, about }: GatewayEventRow): Promise<EventOutcome> {
  // The registry ties each handler to its kind; the compiler cannot follow that through the lookup.
  const handler = eventHandlers[about.kind] as EventHandler<typeof about.kind> | undefined
  return handler ? handler(process, { gatewayAccountId, about }) : { state: 'ignored' }
}
