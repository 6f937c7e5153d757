import { EventType } from 'inngest'
import { type EventName, events } from '#app/domain/shared/events.ts'

/** The trigger for one of the product's events; its data is checked before the function sees it, and typed there. */
export function on<N extends EventName>(name: N): EventType<N, (typeof events)[N]> {
  return new EventType({ name, schema: events[name] })
}
