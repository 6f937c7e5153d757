import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { remindSubscribers as remindOfTenant } from '#app/services/subscriptions/remind-subscribers.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { reminderPorts } from '../subscription-reminders.server.ts'

/** Every hour of each seller's own day: who has a term or trial that ends soon is told. */
export const remindSubscribers = inngest.createFunction(
  { id: 'subscriptions.remind', triggers: [cron('25 * * * *')], retries: 3 },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) {
      await step.run(`remind-${tenantId}`, () => remindOfTenant(processOf(tenantId, reminderPorts(), systemActor('reminders'))))
    }
  },
)
