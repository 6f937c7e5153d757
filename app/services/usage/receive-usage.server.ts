import { enqueue } from '#app/db/outbox.server.ts'
import { storeRawUsage } from '#app/db/usage/raw-usage.server.ts'
import { addToBatch, advanceBatch, openUsageBatch, takeOverBrokenBatches } from '#app/db/usage/usage-batches.server.ts'
import type { RawUsageRecord } from '#app/ports/cloud-driver.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

export type ReceiveUsageInput = {
  /** Names the delivery: the same key goes on with the same batch. */
  readonly sourceKey: string
  readonly cloudConnectionId: string
  readonly pages: AsyncIterable<readonly RawUsageRecord[]>
}

export type ReceivedUsage = {
  readonly batchId: string
  readonly stored: number
  /** Earlier deliveries of the cloud that broke off. Jobs judge what they had brought. */
  readonly takenOver: readonly string[]
}

/**
 * Keeps what a cloud or a file delivers, verbatim and once, page by page in a transaction each: whatever was kept stays
 * kept when a later page fails, and a repeat of the whole delivery keeps nothing twice. Returns the batch and what is new in it.
 * Throws what `pages` throws; the batch then stays open until the job tries again, or the next delivery of the cloud takes it over.
 */
export async function receiveUsage(process: TenantProcess<unknown>, input: ReceiveUsageInput): Promise<ReceivedUsage> {
  const batch = await process.inTenant((ctx) => openUsageBatch(ctx, input.sourceKey, input.cloudConnectionId))
  const target = { id: batch.id, cloudConnectionId: input.cloudConnectionId }
  let stored = 0

  for await (const page of input.pages) {
    stored += await process.inTenant(async (ctx) => {
      const kept = await storeRawUsage(ctx, target, page)
      await addToBatch(ctx, batch.id, { received: page.length, duplicates: page.length - kept.stored, conflicts: kept.conflicts })
      return kept.stored
    })
  }
  const takenOver = await process.inTenant(async (ctx) => {
    await advanceBatch(ctx, batch.id, 'received')
    const broken = await takeOverBrokenBatches(ctx, target)
    for (const batchId of broken) await enqueue(ctx, { name: 'usage/received', data: { tenantId: ctx.tenantId, batchId } })
    return broken
  })
  return { batchId: batch.id, stored, takenOver }
}
