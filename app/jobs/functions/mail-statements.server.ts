import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { openMonthlyStatements } from '#app/services/statements/open-statement-mails.server.ts'
import { recordStatementSent, sendStatementMail } from '#app/services/statements/send-statement-mail.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'
import { statementPorts } from '../statement-ports.server.ts'

const actor = systemActor('statements')

/** Brings one statement to one reader. The mail's key is its own: a step that runs again after a crash hands over the same mail. */
export const mailStatement = inngest.createFunction(
  {
    id: 'statements.mail',
    triggers: [on('statement/mail.opened')],
    retries: 8,
    idempotency: 'event.data.statementMailId',
    concurrency: { key: 'event.data.tenantId', limit: 3 },
  },
  async ({ event: { data }, step }) => {
    const process = processOf(data.tenantId, statementPorts(data.tenantId), actor)
    const messageId = await step.run('send', () => sendStatementMail(process, data))
    await step.run('record', () => recordStatementSent(process, data, messageId))
  },
)

/** Every morning, for what a morning missed: statements of last month, once, to those who asked for them. */
export const mailMonthlyStatements = inngest.createFunction(
  { id: 'statements.mail-monthly', triggers: [cron('23 5 * * *')], retries: 3 },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) {
      for (let afterId: string | null = null, page = 0; ; page += 1) {
        const after: string | null = afterId
        const process = processOf(tenantId, {}, actor)
        afterId = await step.run(`open-${tenantId}-${page}`, () => process.inTenant((ctx) => openMonthlyStatements(ctx, after)))
        if (afterId === null) break
      }
    }
  },
)
