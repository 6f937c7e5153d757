import { connectTiers as connect } from '#app/services/apps/connect-tiers.server.ts'
import { cloudPorts } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

const turns = 60
const pause = '5s'

/** Lets the servers of an application reach each other, again whenever one joined or left; those that are worked on are told afterwards. */
export const connectTiers = inngest.createFunction(
  {
    id: 'applications.connect-tiers',
    triggers: [on('application/changed')],
    retries: 8,
    concurrency: { key: 'event.data.applicationId', limit: 1 },
  },
  async ({ event: { data }, step }) => {
    for (let turn = 1; turn <= turns && (await step.run(`connect-${turn}`, () => connect(cloudPorts, data))) > 0; turn += 1)
      await step.sleep(`wait-${turn}`, pause)
  },
)
