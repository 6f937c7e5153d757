import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { mirrorEdge } from '#app/services/purchases/mirror-edge.server.ts'
import { mirrorIssuer } from '#app/services/purchases/mirror-issuer.server.ts'
import { mirroredResellers } from '#app/services/purchases/mirrored-resellers.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

const actor = systemActor('purchases')

/** Brings what a reseller owes into its own books, and who issues its documents, after its parent's books or their terms changed. */
export const mirrorChangedEdge = inngest.createFunction(
  {
    id: 'purchases.mirror',
    triggers: [on('edge/changed')],
    retries: 8,
    concurrency: { key: 'event.data.accountId', limit: 1 },
  },
  async ({ event: { data }, step }) => {
    await step.run('mirror-issuer', () => mirrorIssuer({ ...data, actor }))
    await step.run('mirror', () => mirrorEdge({ ...data, actor }))
  },
)

/** Every night: documents that no entry was booked for, and what an event that was lost should have brought. */
export const mirrorEveryEdge = inngest.createFunction(
  { id: 'purchases.mirror-daily', triggers: [cron('17 2 * * *')], retries: 3 },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) {
      const resellers = await step.run(`list-${tenantId}`, () => mirroredResellers(tenantId))
      for (const { accountId } of resellers) {
        await step.run(`mirror-issuer-${accountId}`, () => mirrorIssuer({ tenantId, accountId, actor }))
        await step.run(`mirror-${accountId}`, () => mirrorEdge({ tenantId, accountId, actor }))
      }
    }
  },
)
