import { inTenant } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { advanceBatch, openUsageBatch, settleBatchCounts } from '#app/db/usage/usage-batches.server.ts'
import { readEarlierUsage, readLaterUsage, readUsageToHandDown } from '#app/db/usage/usage-hand-down.server.ts'
import { handDownMeters } from './hand-down-meters.server.ts'
import { type Arrival, receiveHandedDown } from './receive-handed-down.server.ts'

const chunk = 5000
const beforeAll = '00000000-0000-0000-0000-000000000000'

export type HandDownInput = { readonly tenantId: string; readonly batchId: string; readonly childTenantId: string }

/** The batch of a tenant that handed-down usage came from. */
export type SourceBatch = { readonly tenantId: string; readonly batchId: string }

/** Names the delivery of a parent's batch. */
export function handDownKey({ tenantId, batchId }: SourceBatch): string {
  return `from:${tenantId}:${batchId}`
}

/** The parent's batch behind the source key of a batch; undefined for one that came from a cloud or a file. */
export function sourceBatchOf(sourceKey: string): SourceBatch | undefined {
  const [, tenantId, batchId] = /^from:([0-9a-f-]{36}):([0-9a-f-]{36})$/.exec(sourceKey) ?? []
  return tenantId && batchId ? { tenantId, batchId } : undefined
}

/**
 * Hands the usage of one reseller's account down into the reseller's own tenant, as new rows that name their source: meter,
 * quantity, unit, window and dimensions, never an amount. There each gets its owner by the child's own resources and mappings,
 * or is set aside as unmapped. Safe to repeat: a row that arrived is found by its source. Returns the child's batch.
 */
export async function handDownUsage(input: HandDownInput): Promise<{ batchId: string; handedDown: number }> {
  const codes = await handDownMeters(input)
  const batch = await inTenant(input.childTenantId, (ctx) => openUsageBatch(ctx, handDownKey(input), null))
  let handedDown = 0
  for (let afterId: string | undefined = beforeAll; afterId !== undefined; ) {
    const departure = await readDeparture(input, afterId)
    const { lastId, later } = departure
    if (lastId !== undefined) {
      const usage = departure.usage.map((record) => ({ ...record, meter: codes.get(record.meter) ?? record.meter }))
      const arrival = { batchId: batch.id, sourceTenantId: input.tenantId, usage, later }
      await inTenant(input.childTenantId, (ctx) => receiveHandedDown(ctx, arrival))
    }
    handedDown += departure.count
    afterId = lastId
  }
  await inTenant(input.childTenantId, async (ctx) => {
    await settleBatchCounts(ctx, batch.id)
    await advanceBatch(ctx, batch.id, 'mediated')
    if (handedDown > 0) await enqueue(ctx, { name: 'usage/handed-down', data: { tenantId: ctx.tenantId, batchId: batch.id } })
  })
  return { batchId: batch.id, handedDown }
}

type Departure = Pick<Arrival, 'usage' | 'later'> & { readonly count: number; readonly lastId: string | undefined }

/**
 * The next chunk of the parent's usage. A correction takes along what it corrects, whether or not that was on its way
 * already: so the two can never arrive without knowing of each other.
 */
function readDeparture(input: HandDownInput, afterId: string): Promise<Departure> {
  return inTenant(input.tenantId, async (ctx) => {
    const usage = await readUsageToHandDown(ctx, { ...input, afterId, limit: chunk })
    const earlier = await readEarlierUsage(
      ctx,
      usage.flatMap((record) => (record.supersedesId ? record.id : [])),
    )
    const known = new Set(usage.map((record) => record.id))
    const together = [...earlier.filter((record) => !known.has(record.id)), ...usage].sort((a, b) => (a.id < b.id ? -1 : 1))
    const later = await readLaterUsage(
      ctx,
      together.flatMap((record) => (record.isReplaced ? record.id : [])),
    )
    return { usage: together, later, count: usage.length, lastId: usage.at(-1)?.id }
  })
}
