import { cron } from 'inngest'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { checkSeller } from '#app/services/invariants/check-seller.server.ts'
import { inngest } from '../client.server.ts'
import { jobsLog } from '../log.server.ts'

/** Every night: what must always hold of a seller's money, usage and documents. What does not is told to its staff and to the log. */
export const checkInvariantsNightly = inngest.createFunction(
  { id: 'ledger.check-invariants', triggers: [cron('40 2 * * *')], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) {
      await step.run(`check-${tenantId}`, async () => {
        const { examined, violations, findings } = await checkSeller(tenantId)
        if (violations > 0) jobsLog.error({ tenantId, violations, findings }, 'invariants do not hold')
        return { examined, violations }
      })
    }
  },
)
