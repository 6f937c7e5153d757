import { cron } from 'inngest'
import { clock } from '#app/config/clock.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { applyHolds, applyStandingHolds } from '#app/services/holds/apply-holds.server.ts'
import { settleSuspension } from '#app/services/holds/settle-suspension.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { cloudPorts } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

const actor = systemActor('holds')

/** Stops or starts the services of an account after its holds changed. */
export const applyChangedHolds = inngest.createFunction(
  { id: 'holds.apply', triggers: [on('account/holds.changed')], retries: 8, concurrency: { key: 'event.data.accountId', limit: 1 } },
  async ({ event: { data }, step }) => {
    await step.run('apply', () => processOf(data.tenantId, {}, actor).inTenant((ctx) => applyHolds(ctx, data.accountId)))
  },
)

/** Every hour: grace that is over where the seller is, servers that came during a suspension, and what an event that was lost should have done. */
export const applyHoldsHourly = inngest.createFunction(
  { id: 'holds.apply-hourly', triggers: [cron('41 * * * *')], retries: 3 },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) await step.run(`apply-${tenantId}`, () => applyStandingHolds(processOf(tenantId, {}, actor)))
  },
)

/** Carries out in the cloud that a server stands still, or runs again. */
export const settleServerSuspension = inngest.createFunction(
  {
    id: 'holds.settle-server',
    triggers: [on('server/suspension.changed')],
    retries: 8,
    concurrency: { key: 'event.data.resourceId', limit: 1 },
  },
  async ({ event: { data }, step }) => {
    await step.run('settle', () => settleSuspension(cloudPorts, data, clock.now()))
  },
)
