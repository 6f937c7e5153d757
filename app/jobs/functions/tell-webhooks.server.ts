import { systemActor } from '#app/domain/shared/actor.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { attemptWebhook } from '#app/services/webhooks/attempt-delivery.server.ts'
import { tellEvent } from '#app/services/webhooks/tell-event.server.ts'
import { mailStaffOfPause } from '#app/services/webhooks/tell-of-pause.server.ts'
import { webhookPorts } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'
import { pauseNoticePorts } from '../pause-notice-ports.server.ts'

const actor = systemActor('webhooks')

/** Opens a delivery for each endpoint that asked to be told of what happened to a document. */
export const tellWebhooks = inngest.createFunction(
  {
    id: 'webhooks.tell',
    triggers: [on('invoice/finalised'), on('invoice/voided'), on('invoice/settled'), on('payment.allocated')],
    retries: 8,
    concurrency: { key: 'event.data.tenantId', limit: 3 },
  },
  async ({ event: { name, data }, step }) => {
    if (name === 'inngest/function.invoked') return
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

/** Tells the seller's own people that an endpoint of theirs was paused. */
export const mailPausedWebhook = inngest.createFunction(
  { id: 'webhooks.mail-pause', triggers: [on('webhook/paused')], retries: 8 },
  async ({ event: { data }, step }) => {
    await step.run('mail', () => mailStaffOfPause(processOf(data.tenantId, pauseNoticePorts(data.tenantId), actor), data))
  },
)
