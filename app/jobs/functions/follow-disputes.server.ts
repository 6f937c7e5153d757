import { systemActor } from '#app/domain/shared/actor.ts'
import { followDispute } from '#app/services/disputes/follow-dispute.server.ts'
import { tellStaffOfDispute } from '#app/services/disputes/tell-staff.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { disputeNoticePorts } from '../dispute-ports.server.ts'
import { on } from '../events.ts'

const actor = systemActor('disputes')

/** A dispute was opened or decided: what it holds back elsewhere follows. */
export const followDisputes = inngest.createFunction(
  {
    id: 'disputes.follow',
    triggers: [on('dispute/changed')],
    retries: 8,
    concurrency: { key: 'event.data.disputeId', limit: 1 },
  },
  async ({ event: { data }, step }) => {
    await step.run('follow', () => followDispute({ ...data, actor }))
    await step.run('tell', () => tellStaffOfDispute(processOf(data.tenantId, disputeNoticePorts(data.tenantId), actor), data.disputeId))
  },
)
