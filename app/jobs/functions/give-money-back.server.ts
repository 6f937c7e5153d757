import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { reconcileRefunds, sendRefund } from '#app/services/refunds/send-refund.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { gatewayPorts } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

const actor = systemActor('refunds')

/** Sends a refund to its gateway once it is in the books; a step that runs again finds the first outcome by the refund's id. */
export const sendGatewayRefund = inngest.createFunction(
  {
    id: 'refunds.send',
    triggers: [on('gateway-refund/let-go')],
    retries: 8,
    concurrency: { key: 'event.data.refundId', limit: 1 },
  },
  async ({ event: { data }, step }) => {
    await step.run('send', () => sendRefund(processOf(data.tenantId, gatewayPorts(), actor), data.refundId))
  },
)

/** Every ten minutes: asks what became of refunds of which nothing was heard. */
export const reconcileGatewayRefunds = inngest.createFunction(
  { id: 'refunds.reconcile', triggers: [cron('*/10 * * * *')], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) {
      await step.run(`reconcile-${tenantId}`, () => reconcileRefunds(processOf(tenantId, gatewayPorts(), actor)))
    }
  },
)
