import { cron } from 'inngest'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { releaseBegunMonths } from '#app/services/ledger/release-deferred.server.ts'
import { inngest } from '../client.server.ts'

/** Every hour, since months begin with each seller's day: gives a month that has begun what it earns of fees that were invoiced before it. */
export const releaseDeferredFees = inngest.createFunction(
  { id: 'ledger.release-deferred-fees', triggers: [cron('10 * * * *')], retries: 3, concurrency: { limit: 1 } },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) await step.run(`release-${tenantId}`, () => releaseBegunMonths(tenantId))
  },
)
