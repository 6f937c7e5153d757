import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { confirmDueVatIds } from '#app/services/tax/confirm-vat-id.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { taxRegistry } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'

/** So many of one seller at a time: the rest comes a quarter of an hour later. */
const limit = 40

/** Every quarter of an hour: asks the register about new ids, those it did not answer about, and those it last confirmed long ago. */
export const checkVatIds = inngest.createFunction(
  { id: 'tax.check-vat-ids', triggers: [cron('*/15 * * * *')], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => {
    const registry = taxRegistry()
    if (!registry) return
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds)
      await step.run(`check-${tenantId}`, () => confirmDueVatIds(processOf(tenantId, { registry }, systemActor('tax')), { limit }))
  },
)
