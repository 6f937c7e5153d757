import { NonRetriableError } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { tellOfEmailChange, tellOfEmailWish, tellOfSecurity } from '#app/services/people/tell-person.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'
import { personalNewsPorts } from '../personal-news-ports.server.ts'

/** Mails a person what changes of the own sign-in. One step, which keeps no token. */
export const tellPerson = inngest.createFunction(
  {
    id: 'people.tell-person',
    triggers: [on('user/security.changed'), on('user/email-change.requested'), on('user/email.changed')],
    retries: 8,
  },
  async ({ event: { id: eventId, name, data }, step }) => {
    if (!eventId) throw new NonRetriableError('the event has no id')
    const process = processOf(data.tenantId, personalNewsPorts(data.tenantId), systemActor('people'))
    if (name === 'user/security.changed') await step.run('tell', () => tellOfSecurity(process, { ...data, at: new Date(data.at), eventId }))
    if (name === 'user/email-change.requested') await step.run('tell', () => tellOfEmailWish(process, data.changeId))
    if (name === 'user/email.changed') await step.run('tell', () => tellOfEmailChange(process, data.changeId))
  },
)
