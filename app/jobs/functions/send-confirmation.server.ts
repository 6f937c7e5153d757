import { NonRetriableError } from 'inngest'
import { purposeAfterRegistering } from '#app/services/people/open-mailed-link.server.ts'
import { inTenant } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'
import { sendMailedLink } from '../mailed-links.server.ts'

/** Mails a new person the way in: to confirm the address, or to set a first password. One step, which keeps no token. */
export const sendConfirmation = inngest.createFunction(
  { id: 'people.send-confirmation', triggers: [on('user/registered')], retries: 8 },
  async ({ event: { id: eventId, data }, step }) => {
    if (!eventId) throw new NonRetriableError('the event has no id')
    await step.run('send', async () => {
      const purpose = await inTenant(data.tenantId, (ctx) => purposeAfterRegistering(ctx, data.userId))
      if (purpose.ok) await sendMailedLink({ ...data, purpose: purpose.value, eventId })
    })
  },
)
