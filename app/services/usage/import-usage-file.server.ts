import { inTenant } from '#app/db/context.server.ts'
import { type BatchCounts, settleBatchCounts } from '#app/db/usage/usage-batches.server.ts'
import { countQuarantineReasons } from '#app/db/usage/usage-quarantine.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { RawUsageRecord } from '#app/ports/cloud-driver.ts'
import { readConnection } from '../clouds/cloud-ports.ts'
import { processOf } from '../tenant-process.server.ts'
import { handDownBatch, mediateBatch, rateBatch } from './process-batch.server.ts'
import { receiveUsage } from './receive-usage.server.ts'

export type ImportUsageFileInput = {
  readonly tenantId: string
  readonly cloudConnectionId: string
  /** Names the content, e.g. by its hash: the same file again goes on with the same batch. */
  readonly contentHash: string
  readonly pages: AsyncIterable<readonly RawUsageRecord[]>
}

/** `stored` and `charges` are new by this import; the counts are those of the file's batch, whenever it was imported. */
export type ImportedUsage = BatchCounts & {
  readonly batchId: string
  readonly stored: number
  readonly charges: number
  readonly reasons: readonly { readonly reason: string; readonly count: number }[]
}

/**
 * Takes usage from a file as from a cloud: kept verbatim and once, judged, rated, and handed down to resellers by jobs.
 * Throws what `pages` throws; what was read before stays kept and a corrected file goes on from there.
 */
export async function importUsageFile(input: ImportUsageFileInput): Promise<ImportedUsage> {
  const { tenantId } = input
  const connection = await inTenant(tenantId, (ctx) => readConnection(ctx, input.cloudConnectionId))
  invariant(connection, `no cloud connection ${input.cloudConnectionId}`)
  const delivery = { sourceKey: `file:${input.contentHash}`, cloudConnectionId: connection.id, pages: input.pages }
  const { batchId, stored, takenOver } = await receiveUsage(processOf(tenantId, {}), delivery)

  let charges = 0
  for (const id of [...takenOver, batchId]) {
    const batch = { tenantId, batchId: id }
    await mediateBatch(batch)
    charges += (await rateBatch(batch)).charges
    await handDownBatch(batch)
  }
  return inTenant(tenantId, async (ctx) => ({
    batchId,
    stored,
    charges,
    ...(await settleBatchCounts(ctx, batchId)),
    reasons: await countQuarantineReasons(ctx, batchId),
  }))
}
