import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { moveDueLevels, sellersWithLevels } from '#app/services/partner-levels/move-due-levels.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'

/** Every night: notes the moves whose day has come, and lets who recovered within its grace keep its level. */
export const movePartnerLevels = inngest.createFunction(
  { id: 'partner-levels.move', triggers: [cron('41 0 * * *')], retries: 3 },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => sellersWithLevels())
    for (const tenantId of tenantIds) {
      await step.run(`move-${tenantId}`, () => moveDueLevels(processOf(tenantId, {}, systemActor('partner levels'))))
    }
  },
)
