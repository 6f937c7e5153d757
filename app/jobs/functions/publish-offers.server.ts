import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { publishOffers, resellersToInform } from '#app/services/offers/publish-offers.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

const actor = systemActor('offers')

/** Tells the resellers of a tenant what they are offered, one step each, after plans or prices changed. */
export const publishOffersOfTenant = inngest.createFunction(
  {
    id: 'offers.publish',
    triggers: [on('offers/publication.requested')],
    retries: 8,
    concurrency: { key: 'event.data.tenantId', limit: 1 },
  },
  async ({ event: { data }, step }) => {
    const resellers = await step.run('list-resellers', () => resellersToInform(data.tenantId))
    for (const { accountId, childTenantId } of resellers) {
      await step.run(`publish-${accountId}`, () => publishOffers({ tenantId: data.tenantId, accountId, childTenantId, actor }))
    }
  },
)

/** Every night: whatever changed without a word, such as a layer of prices that began on a date. */
export const publishEveryOffer = inngest.createFunction(
  { id: 'offers.publish-daily', triggers: [cron('41 1 * * *')], retries: 3 },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) {
      await step.run(`publish-${tenantId}`, async () => {
        for (const reseller of await resellersToInform(tenantId)) await publishOffers({ tenantId, ...reseller, actor })
      })
    }
  },
)
