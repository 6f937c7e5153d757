import { randomBytes } from 'node:crypto'
import { systemActor } from '#app/domain/shared/actor.ts'
import { makeNextCodes } from '#app/services/promotions/generate-codes.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

/** Makes a batch of promo codes page by page. A step that runs twice finds its codes and makes no more. */
export const generatePromoCodes = inngest.createFunction(
  {
    id: 'promotions.generate-codes',
    triggers: [on('promo/codes.requested')],
    retries: 8,
    concurrency: { key: 'event.data.promotionId', limit: 1 },
  },
  async ({ event: { data }, step }) => {
    const process = processOf(data.tenantId, { randomBytes: (count: number) => randomBytes(count) }, systemActor('promo codes'))
    for (let page = 1; ; page += 1) {
      const { missing } = await step.run(`page-${page}`, () => makeNextCodes(process, data))
      if (missing === 0) break
    }
  },
)
