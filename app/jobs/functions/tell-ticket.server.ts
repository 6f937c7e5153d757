import { systemActor } from '#app/domain/shared/actor.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { tellOfTicket } from '#app/services/tickets/tell-ticket.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'
import { ticketNewsPorts } from '../ticket-news-ports.server.ts'

/** Mails what was written in a ticket to whom it concerns. */
export const tellTicket = inngest.createFunction(
  { id: 'tickets.tell', triggers: [on('ticket/written')], retries: 8, concurrency: { key: 'event.data.tenantId', limit: 2 } },
  async ({ event: { data }, step }) => {
    const process = processOf(data.tenantId, ticketNewsPorts(data.tenantId), systemActor('tickets'))
    await step.run('tell', () => tellOfTicket(process, data.messageId))
  },
)
