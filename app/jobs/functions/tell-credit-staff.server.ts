import { systemActor } from '#app/domain/shared/actor.ts'
import { tellStaffOfCrossing, tellStaffOfIncrease } from '#app/services/credit/tell-credit.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { creditNewsPorts } from '../credit-news-ports.server.ts'
import { on } from '../events.ts'

/** Mails the seller's staff what happens to the credit of its buyers. */
export const tellCreditStaff = inngest.createFunction(
  {
    id: 'credit.tell-staff',
    triggers: [on('credit/crossed'), on('credit/increase.ending')],
    retries: 8,
    concurrency: { key: 'event.data.tenantId', limit: 2 },
  },
  async ({ event: { name, data }, step }) => {
    const process = processOf(data.tenantId, creditNewsPorts(data.tenantId), systemActor('credit'))
    if (name === 'credit/crossed') await step.run('tell', () => tellStaffOfCrossing(process, data.crossingId))
    if (name === 'credit/increase.ending') await step.run('tell', () => tellStaffOfIncrease(process, data))
  },
)
