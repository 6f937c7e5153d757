import { systemActor } from '#app/domain/shared/actor.ts'
import { mailPayout } from '#app/services/payouts/mail-payout.server.ts'
import { mirrorPayout } from '#app/services/payouts/mirror-payout.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'
import { payoutMailPorts } from '../payout-ports.server.ts'

const actor = systemActor('payouts')

/** A payout was made or paid: the child's own books follow, and it is told by mail. */
export const mirrorChangedPayout = inngest.createFunction(
  { id: 'payouts.mirror', triggers: [on('payout/changed')], retries: 8, concurrency: { key: 'event.data.payoutId', limit: 1 } },
  async ({ event: { data }, step }) => {
    await step.run('mirror', () => mirrorPayout({ ...data, actor }))
    await step.run('mail', () => mailPayout(processOf(data.tenantId, payoutMailPorts(data.tenantId), actor), data))
  },
)
