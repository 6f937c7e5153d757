import { cron } from 'inngest'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { renewSubscriptions as renewDueTerms } from '#app/services/subscriptions/renew-subscriptions.server.ts'
import { inngest } from '../client.server.ts'

/** Every hour: fixed terms that are over begin again, or end. */
export const renewSubscriptions = inngest.createFunction(
  { id: 'subscriptions.renew', triggers: [cron('5 * * * *')], retries: 3 },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) {
      await step.run(`renew-${tenantId}`, async () => {
        while (!(await renewDueTerms(tenantId)).isDone);
      })
    }
  },
)
