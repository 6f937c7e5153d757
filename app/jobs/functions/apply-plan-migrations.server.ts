import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { applyDueMigrations } from '#app/services/migrations/apply-migrations.server.ts'
import { type MigrationNotice, nextNotices } from '#app/services/migrations/notices.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'
import { sendMigrationNotice } from '../migration-notices.server.ts'

const actor = systemActor('plan migration')

/** Applies what is due at once when a migration was scheduled, a page a step. A page that runs twice finds its work done. */
export const applyPlanMigration = inngest.createFunction(
  {
    id: 'migrations.apply',
    triggers: [on('plan-migration/scheduled')],
    retries: 8,
    concurrency: { key: 'event.data.tenantId', limit: 1 },
  },
  async ({ event: { data }, step }) => {
    const process = processOf(data.tenantId, {}, actor)
    for (let page = 1; ; page += 1) {
      const outcome = await step.run(`apply-${page}`, () => applyDueMigrations(process))
      if (outcome.isDone) break
    }
  },
)

/** Shortly after every full hour: plans whose time has come, before any billing run closes the month. */
export const applyDuePlanMigrations = inngest.createFunction(
  { id: 'migrations.apply-due', triggers: [cron('2 * * * *')], retries: 3 },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) {
      await step.run(`apply-${tenantId}`, async () => {
        const process = processOf(tenantId, {}, actor)
        while (!(await applyDueMigrations(process)).isDone);
      })
    }
  },
)

const mailsPerStep = 50

/** Tells the customers of a migration, some mails a step. */
export const notifyPlanMigration = inngest.createFunction(
  { id: 'migrations.notify', triggers: [on('plan-migration/notified')], retries: 8, idempotency: 'event.data.migrationId' },
  async ({ event: { data }, step }) => {
    const process = processOf(data.tenantId, {}, actor)
    for (let page = 1, after: string | null = null; ; page += 1) {
      const afterId: string | null = after
      after = await step.run(`mail-${page}`, async () => {
        const notices: MigrationNotice[] = await nextNotices(process, { migrationId: data.migrationId, afterId, limit: mailsPerStep })
        for (const notice of notices) await sendMigrationNotice(notice)
        return notices.at(-1)?.itemId ?? null
      })
      if (after === null) break
    }
  },
)
