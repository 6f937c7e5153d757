import { systemActor } from '#app/domain/shared/actor.ts'
import { recordSent, sendDelivery } from '#app/services/invoices/deliver-send.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { deliveryPorts } from '../delivery-ports.server.ts'
import { on } from '../events.ts'

/** Brings one opened delivery to its recipient, then notes what the mail transport said. */
export const sendOpenedDelivery = inngest.createFunction(
  {
    id: 'deliveries.send',
    triggers: [on('delivery/opened')],
    retries: 8,
    concurrency: { key: 'event.data.tenantId', limit: 3 },
  },
  async ({ event: { data }, step }) => {
    const process = processOf(data.tenantId, deliveryPorts(data.tenantId), systemActor('invoice delivery'))
    // The mail's key is the delivery's: a step that runs again after a crash hands over the same mail.
    const sent = await step.run('send', () => sendDelivery(process, data))
    await step.run('record', () => recordSent(process, data, sent))
  },
)
