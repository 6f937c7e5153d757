import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { readGatewayPayouts } from '#app/services/gateway-payouts/read-gateway-payouts.server.ts'
import { forgetExchanges } from '#app/services/gateways/forget-exchanges.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { gatewayPorts } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'

const actor = systemActor('gateway payouts')

/** Every hour: what gateways paid out is read, booked and compared with the books. A seller whose gateway does not answer waits an hour. */
export const readPayoutsOfGateways = inngest.createFunction(
  { id: 'gateway-payouts.read', triggers: [cron('40 * * * *')], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) {
      await step.run(`read-${tenantId}`, () => readGatewayPayouts(processOf(tenantId, gatewayPorts(), actor)))
    }
  },
)

/** Every night: takes away what was said to gateways before the time that its seller keeps it for. */
export const forgetOldExchanges = inngest.createFunction(
  { id: 'gateways.forget-exchanges', triggers: [cron('50 2 * * *')], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) {
      await step.run(`forget-${tenantId}`, () => forgetExchanges(processOf(tenantId, {}, actor)))
    }
  },
)
