import { NonRetriableError } from 'inngest'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'
import { sendMailedLink } from '../mailed-links.server.ts'

/** Mails the way to a new password. One step, which keeps no token. */
export const sendReset = inngest.createFunction(
  { id: 'people.send-reset', triggers: [on('user/reset.requested')], retries: 8 },
  async ({ event: { id: eventId, data }, step }) => {
    if (!eventId) throw new NonRetriableError('the event has no id')
    await step.run('send', () => sendMailedLink({ ...data, purpose: 'reset-password', eventId }))
  },
)
