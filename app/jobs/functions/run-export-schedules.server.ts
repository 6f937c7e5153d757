import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { mailExport } from '#app/services/exports/hand-over.server.ts'
import { type OpenedExports, openScheduledExports } from '#app/services/exports/run-schedules.server.ts'
import { mailFailure } from '#app/services/exports/tell-of-failure.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'
import { exportMailPorts, failureMailPorts } from '../export-ports.server.ts'

const actor = systemActor('export schedule')

/** Has files made that schedules owe, every hour: sellers begin their days at different ones, and what an outage missed follows. */
export const runExportSchedules = inngest.createFunction(
  { id: 'exports.run-schedules', triggers: [cron('19 * * * *')], retries: 3, concurrency: { limit: 1 } },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) {
      const { inTenant } = processOf(tenantId, {}, actor)
      for (let afterId: string | null = null, page = 0; ; page += 1) {
        const after: string | null = afterId
        const done: OpenedExports = await step.run(`open-${tenantId}-${page}`, () => inTenant((ctx) => openScheduledExports(ctx, after)))
        afterId = done.lastId
        if (afterId === null) break
      }
    }
  },
)

/** Tells one address that a file of its schedule is ready. */
export const mailReadyExport = inngest.createFunction(
  { id: 'exports.mail', triggers: [on('export/mail.opened')], retries: 8, concurrency: { key: 'event.data.tenantId', limit: 3 } },
  async ({ event: { data }, step }) => {
    const { tenantId, exportId } = data
    await step.run('mail', () => mailExport(processOf(tenantId, exportMailPorts(tenantId, exportId), actor), data))
  },
)

/** Tells one address that a file of its schedule could not be made. */
export const mailFailedExport = inngest.createFunction(
  {
    id: 'exports.mail-failure',
    triggers: [on('export/failure-mail.opened')],
    retries: 8,
    concurrency: { key: 'event.data.tenantId', limit: 3 },
  },
  async ({ event: { data }, step }) => {
    await step.run('mail', () => mailFailure(processOf(data.tenantId, failureMailPorts(), actor), data))
  },
)
