import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { openAndCloseCampaigns, releaseStaleHolds } from '#app/services/promotions/run-campaigns.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'

/**
 * Every five minutes: opens and closes the campaigns of each seller by its own dates, and gives back what failed orders hold. A code is
 * judged by its dates at any instant, so a late run gives nothing away.
 */
export const openAndCloseCampaignsOnTime = inngest.createFunction(
  { id: 'promotions.open-and-close', triggers: [cron('*/5 * * * *')], retries: 3 },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) {
      const process = processOf(tenantId, {}, systemActor('campaign schedule'))
      await step.run(`campaigns-${tenantId}`, () => openAndCloseCampaigns(process))
      await step.run(`holds-${tenantId}`, () => releaseStaleHolds(process))
    }
  },
)
