import { clock } from '#app/config/clock.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { readAskedData } from '#app/reports/account-data/people.server.ts'
import { failAccountData, finishAccountData, mailAccountData } from '#app/services/account-data/request-account-data.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { fileStore, zipStream } from '#app/wiring.server.ts'
import { accountDataEntries } from '../account-data.server.ts'
import { accountDataPorts } from '../account-data-ports.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'
import { writeFile } from '../write-file.server.ts'

const actor = systemActor('account data')

/** Writes the data of an account into one file and tells who asked. A step that runs twice writes the file again. */
export const writeAccountData = inngest.createFunction(
  {
    id: 'accounts.write-data',
    triggers: [on('account-data/requested')],
    retries: 3,
    concurrency: { key: 'event.data.tenantId', limit: 1 },
    onFailure: async ({ event, step }) => {
      const { tenantId, dataExportId } = event.data.event.data
      await step.run('give-up', () => processOf(tenantId, {}, actor).inTenant((ctx) => failAccountData(ctx, dataExportId)))
    },
  },
  async ({ event: { data }, step }) => {
    const { tenantId, dataExportId } = data
    const process = processOf(tenantId, accountDataPorts(), actor)
    const written = await step.run('write', async () => {
      const asked = await process.inTenant((ctx) => readAskedData(ctx, dataExportId))
      if (!asked) return null
      const fileKey = `account-data/${tenantId}/${dataExportId}.zip`
      const { sha256, sizeBytes } = await writeFile(partsOf(zipStream(accountDataEntries({ tenantId, asked, at: clock.now() }))), (bytes) =>
        fileStore().putParts(fileKey, bytes),
      )
      return { fileKey, sha256, sizeBytes }
    })
    if (!written) return
    await step.run('finish', () => process.inTenant((ctx) => finishAccountData(ctx, dataExportId, written)))
    await step.run('mail', () => mailAccountData(process, dataExportId))
  },
)

async function* partsOf(stream: ReadableStream<Uint8Array>) {
  for await (const bytes of stream as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>) yield { bytes, rows: 0 }
}
