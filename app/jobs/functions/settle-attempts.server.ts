import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { applyEvent } from '#app/services/gateways/apply-event.server.ts'
import { listDueAttempts, reconcileAttempt } from '#app/services/gateways/settle-attempt.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { gatewayPorts } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

const actor = systemActor('payment gateways')

/** Does what a payment gateway's message calls for, by what the gateway says when asked. */
export const applyGatewayEvent = inngest.createFunction(
  {
    id: 'gateways.apply-event',
    triggers: [on('gateway/event.stored')],
    retries: 10,
    concurrency: { key: 'event.data.tenantId', limit: 3 },
  },
  async ({ event: { data }, step }) => {
    await step.run('apply', () => applyEvent(processOf(data.tenantId, gatewayPorts(), actor), data.gatewayEventId))
  },
)

/** Every minute: asks about attempts whose outcome is not known for too long, and ends pages that nobody finished. */
export const reconcileAttempts = inngest.createFunction(
  { id: 'gateways.reconcile-attempts', triggers: [cron('* * * * *')], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) {
      const process = processOf(tenantId, gatewayPorts(), actor)
      await step.run(`reconcile-${tenantId}`, async () => {
        for (const attemptId of await listDueAttempts(process)) await reconcileAttempt(process, attemptId)
      })
    }
  },
)
