import { systemActor } from '#app/domain/shared/actor.ts'
import { welcomeCustomer as welcome } from '#app/services/people/welcome-customer.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'
import { welcomePorts } from '../welcome-ports.server.ts'

/** Greets a customer whose address was confirmed for the first time. */
export const welcomeCustomer = inngest.createFunction(
  { id: 'people.welcome', triggers: [on('user/joined')], retries: 8, idempotency: 'event.data.userId' },
  async ({ event: { data }, step }) => {
    await step.run('welcome', () => welcome(processOf(data.tenantId, welcomePorts(), systemActor('welcome')), data.userId))
  },
)
