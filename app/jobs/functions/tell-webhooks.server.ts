import { systemActor } from '#app/domain/shared/actor.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { attemptWebhook } from '#app/services/webhooks/attempt-delivery.server.ts'
import { tellEvent } from '#app/services/webhooks/tell-event.server.ts'
import { webhookPorts } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

const actor = systemActor('webhooks')

/** Opens a delivery for each endpoint that asked to be told of what happened to a document. */
export const tellWebhooks = inngest.createFunction(
  {
    id: 'webhooks.tell',
    triggers: [on('invoice/finalised'), on('invoice/voided'), on('payment.allocated')],
    retries: 8,
    concurrency: { key: 'event.data.tenantId', limit: 3 },
  },
  async ({ event: { name, data }, step }) => {
    if (name !== 'invoice/finalised' && name !== 'invoice/voided' && name !== 'payment.allocated') return
    const { tenantId, invoiceId } = data
    await step.run('tell', () => processOf(tenantId, {}, actor).inTenant((ctx) => tellEvent(ctx, { name, invoiceId })))
  },
)

/** Tries a delivery until it is taken, its window ends, or somebody asks for it anew. Waiting holds nothing. */
export const sendWebhook = inngest.createFunction(
  { id: 'webhooks.send', triggers: [on('webhook/opened')], retries: 3, concurrency: { key: 'event.data.tenantId', limit: 5 } },
  async ({ event: { data }, step }) => {
    const process = processOf(data.tenantId, webhookPorts(), actor)
    for (let attempt = 1; ; attempt += 1) {
      const { waitMs } = await step.run(`attempt-${attempt}`, () => attemptWebhook(process, data))
      if (waitMs === null) return
      await step.sleep(`wait-${attempt}`, waitMs)
    }
  },
)
