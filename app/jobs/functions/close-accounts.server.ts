import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { goOnWithClosings } from '#app/services/closing/go-on-with-closings.server.ts'
import { mailClosing } from '#app/services/closing/mail-closing.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { closingPorts } from '../closing-ports.server.ts'
import { on } from '../events.ts'

const actor = systemActor('account closing')

/** Every hour: accounts that are being closed go on to their end. */
export const closeAccounts = inngest.createFunction(
  { id: 'accounts.close', triggers: [cron('41 * * * *')], retries: 3, concurrency: { limit: 1 } },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) await step.run(`close-${tenantId}`, () => goOnWithClosings(processOf(tenantId, {}, actor)))
  },
)

/** Mails the people of an account how far its end is. */
export const tellOfClosing = inngest.createFunction(
  { id: 'accounts.tell-of-closing', triggers: [on('account/closing.told')], retries: 8 },
  async ({ event: { data }, step }) => {
    await step.run('mail', () => mailClosing(processOf(data.tenantId, closingPorts(), actor), data))
  },
)
