import { cron } from 'inngest'
import { clock } from '#app/config/clock.server.ts'
import { connectionsToSync, syncUsage } from '#app/services/usage/sync-usage.server.ts'
import { cloudPorts } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

const dayMs = 86_400_000
const trailingDays = 35

/** Every quarter of an hour: asks each cloud for the trailing window, since clouds report late and report again. */
export const scheduleUsageSync = inngest.createFunction(
  { id: 'usage.schedule-sync', triggers: [cron('*/15 * * * *')], retries: 3 },
  async ({ step }) => {
    const due = await step.run('list-connections', async () => {
      const to = clock.now()
      const from = new Date(to.getTime() - trailingDays * dayMs)
      return (await connectionsToSync()).map((connection) => ({ ...connection, from: from.toISOString(), to: to.toISOString() }))
    })
    if (due.length > 0)
      await step.sendEvent(
        'request-syncs',
        due.map((data) => ({ name: 'usage/sync.requested' as const, data })),
      )
  },
)

/** Fetches one cloud's usage and hands the batch on to be judged and rated. One fetch of a cloud at a time. */
export const syncUsageOfCloud = inngest.createFunction(
  { id: 'usage.sync', triggers: [on('usage/sync.requested')], retries: 8, concurrency: { key: 'event.data.cloudConnectionId', limit: 1 } },
  async ({ event: { data }, step }) => {
    const { batchId } = await step.run('fetch', () => syncUsage(cloudPorts, data))
    await step.sendEvent('received', { name: 'usage/received', data: { tenantId: data.tenantId, batchId } })
  },
)
