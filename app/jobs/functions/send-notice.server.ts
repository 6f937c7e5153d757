import { systemActor } from '#app/domain/shared/actor.ts'
import { mailNotice } from '#app/services/budgets/mail-notice.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'
import { noticePorts } from '../notice-ports.server.ts'

/** Brings a notice to the mail addresses that its account chose. */
export const sendNotice = inngest.createFunction(
  { id: 'notices.send', triggers: [on('notice/opened')], retries: 8, concurrency: { key: 'event.data.tenantId', limit: 3 } },
  async ({ event: { data }, step }) => {
    await step.run('send', () => mailNotice(processOf(data.tenantId, noticePorts(), systemActor('notices')), data.noticeId))
  },
)
