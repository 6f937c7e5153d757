import { cron } from 'inngest'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { takeScheduledBackups as takeDue } from '#app/services/clouds/take-scheduled-backups.server.ts'
import { cloudPorts } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'

/** Every ten minutes: servers are backed up at the hours that their owners chose. */
export const takeScheduledBackups = inngest.createFunction(
  { id: 'clouds.take-scheduled-backups', triggers: [cron('*/10 * * * *')], retries: 3, concurrency: { limit: 1 } },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) await step.run(`take-${tenantId}`, () => takeDue(cloudPorts, tenantId))
  },
)
