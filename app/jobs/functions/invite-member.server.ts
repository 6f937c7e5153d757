import { NonRetriableError } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { mailInvitation } from '#app/services/access/mail-invitation.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'
import { invitationPorts } from '../invitation-ports.server.ts'

/** Mails somebody the way into an account. One step, which keeps no token. */
export const inviteMember = inngest.createFunction(
  { id: 'people.invite-member', triggers: [on('member/invited')], retries: 8 },
  async ({ event: { id: eventId, data }, step }) => {
    if (!eventId) throw new NonRetriableError('the event has no id')
    const { tenantId, invitationId } = data
    await step.run('mail', () =>
      mailInvitation(processOf(tenantId, invitationPorts({ tenantId, eventId }), systemActor('invitation')), invitationId),
    )
  },
)
