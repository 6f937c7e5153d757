import { cron } from 'inngest'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { applyChange, applyDueChanges } from '#app/services/subscriptions/apply-change.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

/** Makes a change at once when it was asked for; one whose instant lies ahead waits for the clock. */
export const applySubscriptionChange = inngest.createFunction(
  {
    id: 'subscriptions.apply-change',
    triggers: [on('subscription/change.scheduled')],
    retries: 8,
    idempotency: 'event.data.changeId',
    concurrency: { key: 'event.data.tenantId', limit: 2 },
  },
  async ({ event: { data }, step }) => {
    await step.run('apply', () => applyChange(data))
  },
)

/** Every ten minutes: changes whose instant has come, long before any billing run closes the month. */
export const applySubscriptionChanges = inngest.createFunction(
  { id: 'subscriptions.apply-due-changes', triggers: [cron('*/10 * * * *')], retries: 3 },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) await step.run(`apply-${tenantId}`, () => applyDueChanges(tenantId))
  },
)
