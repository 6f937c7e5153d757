import { NonRetriableError } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { failExport, finishExport, prepareExport } from '#app/services/exports/finish-export.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { fileStore } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'
import { fileParts } from '../export-contents.server.ts'
import { exportLink } from '../export-ports.server.ts'
import { writeFile } from '../write-file.server.ts'

const actor = systemActor('export')

/** Writes the file of an export that was asked for, and notes its hash. A step that runs twice writes the same file again. */
export const writeExport = inngest.createFunction(
  {
    id: 'exports.write',
    triggers: [on('export/requested')],
    retries: 3,
    concurrency: { key: 'event.data.tenantId', limit: 1 },
    onFailure: async ({ event, step }) => {
      const { tenantId, exportId } = event.data.event.data
      await step.run('give-up', () => processOf(tenantId, {}, actor).inTenant((ctx) => failExport(ctx, exportId)))
    },
  },
  async ({ event: { data }, step }) => {
    const { tenantId, exportId } = data
    const process = processOf(tenantId, {}, actor)
    const wish = await step.run('prepare', () => process.inTenant((ctx) => prepareExport(ctx, exportId).then((row) => row ?? null)))
    if (!wish) throw new NonRetriableError(`export ${exportId} is not there`)
    const link = exportLink(tenantId, exportId)
    const key = `exports/${tenantId}/${exportId}`
    const written = await step.run('write', () => writeFile(fileParts(tenantId, wish), (bytes) => fileStore().putParts(key, bytes)))
    await step.run('finish', () => process.inTenant((ctx) => finishExport(ctx, { exportId, file: { key, ...written }, link })))
  },
)
