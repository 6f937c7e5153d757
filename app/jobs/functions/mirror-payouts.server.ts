import { systemActor } from '#app/domain/shared/actor.ts'
import { mirrorPayout } from '#app/services/payouts/mirror-payout.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

/** A payout was made or paid: the child's own books follow. */
export const mirrorChangedPayout = inngest.createFunction(
  { id: 'payouts.mirror', triggers: [on('payout/changed')], retries: 8, concurrency: { key: 'event.data.payoutId', limit: 1 } },
  async ({ event: { data }, step }) => {
    await step.run('mirror', () => mirrorPayout({ ...data, actor: systemActor('payouts') }))
  },
)
