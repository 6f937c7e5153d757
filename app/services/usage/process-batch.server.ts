import { inTenant } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { advanceBatch, readUsageBatches, settleBatchCounts } from '#app/db/usage/usage-batches.server.ts'
import { readChildTenants } from '#app/db/usage/usage-hand-down.server.ts'
import { readUsageStretch } from '#app/db/usage/usage-stretch.server.ts'
import { handDownUsage } from './hand-down-usage.server.ts'
import { mediateUsageChunk } from './mediate-batch.server.ts'
import { rateStretch } from './rate-batch.server.ts'

export type BatchRef = { readonly tenantId: string; readonly batchId: string }

const chunk = 2500
const beforeAll = '00000000-0000-0000-0000-000000000000'

/** Judges every raw record of a batch that a cloud or a file delivered. Safe to repeat. */
export async function mediateBatch({ tenantId, batchId }: BatchRef): Promise<{ accepted: number; quarantined: number }> {
  const total = { accepted: 0, quarantined: 0 }
  const source = await inTenant(tenantId, async (ctx) => {
    const [batch] = await readUsageBatches(ctx, [batchId])
    if (!batch?.cloudConnectionId) return null
    return ctx.db.cloudConnection.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id: batch.cloudConnectionId } },
      select: { id: true, billedServerMeter: true },
    })
  })
  if (!source) return total

  const billedServerMeter = source.billedServerMeter === 'allocated' ? 'allocated' : 'running'
  for (let afterId: string | null = beforeAll; afterId !== null; ) {
    const after: string = afterId
    const done = await inTenant(tenantId, (ctx) =>
      mediateUsageChunk(ctx, { batchId, cloudRef: source.id, billedServerMeter, afterId: after, limit: chunk }),
    )
    total.accepted += done.accepted
    total.quarantined += done.quarantined
    afterId = done.lastId
  }
  await inTenant(tenantId, async (ctx) => {
    await settleBatchCounts(ctx, batchId)
    await advanceBatch(ctx, batchId, 'mediated')
  })
  return total
}

/**
 * Rates all usage of a batch under its accounts' contracts, a transaction for each stretch. While one is rated and saved, the next is
 * read, by another connection. Safe to repeat.
 */
export async function rateBatch({ tenantId, batchId }: BatchRef): Promise<{ charges: number; refused: number }> {
  const total = { charges: 0, refused: 0 }
  const readAfter = (afterId: string) => inTenant(tenantId, (ctx) => readUsageStretch(ctx, { batchId, afterId, limit: chunk }))
  for (let stretch = await readAfter(beforeAll); stretch.length > 0; ) {
    const current = stretch
    const [done, next] = await Promise.all([
      inTenant(tenantId, (ctx) => rateStretch(ctx, batchId, current)),
      current.length < chunk ? [] : readAfter(current.at(-1)?.id ?? beforeAll),
    ])
    total.charges += done.charges
    total.refused += done.refused
    stretch = next
  }
  await inTenant(tenantId, async (ctx) => {
    await settleBatchCounts(ctx, batchId)
    await advanceBatch(ctx, batchId, 'rated')
    await enqueue(ctx, { name: 'usage/rated', data: { tenantId, batchId } })
  })
  return total
}

/** Hands the usage of a batch down to every reseller it concerns; each child's batch is rated by a job of its own. Safe to repeat. */
export async function handDownBatch({ tenantId, batchId }: BatchRef): Promise<{ children: number; handedDown: number }> {
  const children = await inTenant(tenantId, (ctx) => readChildTenants(ctx, batchId))
  let handedDown = 0
  for (const childTenantId of children) handedDown += (await handDownUsage({ tenantId, batchId, childTenantId })).handedDown
  return { children: children.length, handedDown }
}
