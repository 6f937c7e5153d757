import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { resealFields, tenantsToSeal } from '#app/services/secrets/reseal-fields.server.ts'
import { sealFiles } from '#app/services/secrets/seal-files.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { fileStore } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'

/**
 * Every night: fields that are stored in plain, or sealed by a key before, are sealed with the present one. After an update this is what
 * encrypts the rows and files that were there already; ended half way, the next night goes on.
 */
export const sealFieldsNightly = inngest.createFunction(
  { id: 'secrets.seal-fields', triggers: [cron('10 3 * * *')], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => {
    const tenantIds = await step.run('list-tenants', () => tenantsToSeal())
    for (const tenantId of tenantIds) {
      await step.run(`seal-${tenantId}`, async () => ({ sealed: await resealFields(tenantId, systemActor('livery')) }))
      await step.run(`files-${tenantId}`, async () => ({ sealed: await sealFiles(processOf(tenantId, { files: fileStore() })) }))
    }
  },
)
