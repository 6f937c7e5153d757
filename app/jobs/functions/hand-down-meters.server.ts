import { handDownAllMeters } from '#app/services/usage/hand-down-meters.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

/** Tells the resellers of a tenant about its meters after they changed; each of them tells its own. */
export const handDownMetersOfTenant = inngest.createFunction(
  { id: 'meters.hand-down', triggers: [on('meters/changed')], retries: 8, concurrency: { key: 'event.data.tenantId', limit: 1 } },
  async ({ event: { data }, step }) => {
    await step.run('hand-down', () => handDownAllMeters(data.tenantId))
  },
)
