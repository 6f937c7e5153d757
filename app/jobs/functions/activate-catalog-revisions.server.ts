import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { activateDueRevisions as activateDue } from '#app/services/catalog/activate-revision.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

const actor = systemActor('catalog revisions')

/** Waits for the instant of a scheduled revision, then lets it take effect. One that was moved or discarded meanwhile does nothing. */
export const activateRevisionOnTime = inngest.createFunction(
  { id: 'catalogs.activate-revision', triggers: [on('catalog/revision.scheduled')], retries: 8 },
  async ({ event: { data }, step }) => {
    await step.sleepUntil('instant', data.activateAt)
    await step.run('activate', () => activateDue(processOf(data.tenantId, {}, actor)))
  },
)

/** Every five minutes: what an outage let pass. */
export const activateDueRevisions = inngest.createFunction(
  { id: 'catalogs.activate-due', triggers: [cron('*/5 * * * *')], retries: 3 },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) await step.run(`activate-${tenantId}`, () => activateDue(processOf(tenantId, {}, actor)))
  },
)
