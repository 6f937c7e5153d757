import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { sellersWithDomains } from '#app/services/domains/due-tenants.server.ts'
import { recheckDomains } from '#app/services/domains/recheck-domains.server.ts'
import { tellStaffOfFailing } from '#app/services/domains/tell-staff.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { domainPorts } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'
import { domainNoticePorts } from '../domain-ports.server.ts'

const actor = systemActor('domains')

/** Every hour: looks at hosts and mail domains that are waited for, once a day at all others, and tells staff of those that fail. */
export const recheckDomainsHourly = inngest.createFunction(
  { id: 'domains.recheck', triggers: [cron('25 * * * *')], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => sellersWithDomains())
    for (const tenantId of tenantIds) {
      await step.run(`recheck-${tenantId}`, () => recheckDomains(processOf(tenantId, domainPorts(), actor)))
      await step.run(`tell-${tenantId}`, () => tellStaffOfFailing(processOf(tenantId, domainNoticePorts(), actor)))
    }
  },
)
