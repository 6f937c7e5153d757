import { systemActor } from '#app/domain/shared/actor.ts'
import { stopSpentCampaign } from '#app/services/promotions/run-campaigns.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

/** After each redemption that a campaign pays: stops the campaign when its budget is spent. */
export const stopCampaignWhenSpent = inngest.createFunction(
  { id: 'promotions.stop-spent', triggers: [on('campaign/spent')], retries: 5, concurrency: { key: 'event.data.campaignId', limit: 1 } },
  async ({ event: { data }, step }) => {
    const process = processOf(data.tenantId, {}, systemActor('campaign budget'))
    await step.run('stop', () => process.inTenant((ctx) => stopSpentCampaign(ctx, data.campaignId)))
  },
)
