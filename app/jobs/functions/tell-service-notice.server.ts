import { systemActor } from '#app/domain/shared/actor.ts'
import { tellAffected } from '#app/services/service-notices/tell-affected.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

/** Tells customers of maintenance and disruptions where they have something, page by page. */
export const tellServiceNotice = inngest.createFunction(
  {
    id: 'notices.tell-service',
    triggers: [on('service-notice/updated')],
    retries: 8,
    concurrency: { key: 'event.data.tenantId', limit: 1 },
  },
  async ({ event: { data }, step }) => {
    const { tenantId, updateId } = data
    for (let afterId: string | null = null, page = 1; ; page += 1) {
      const after: string | null = afterId
      afterId = await step.run(`page-${page}`, () =>
        tellAffected(processOf(tenantId, {}, systemActor('notices')), { updateId, afterId: after }),
      )
      if (afterId === null) return
    }
  },
)
