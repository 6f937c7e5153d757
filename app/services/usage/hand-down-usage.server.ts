import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { advanceBatch, openUsageBatch } from '#app/db/usage-batches.server.ts'
import { type HandedDownUsage, findSuperseded, readUsageToHandDown } from '#app/db/usage-hand-down.server.ts'
import { insertUsageRecords, type NewUsageRecord, settleBatchCounts } from '#app/db/usage-mediation.server.ts'
import { type NewQuarantine, quarantineUsage } from '#app/db/usage-quarantine.server.ts'
import { indexOwners } from '#app/domain/usage/attribute-owner.ts'
import { readAttribution } from './attribution.server.ts'

const chunk = 5000
const beforeAll = '00000000-0000-0000-0000-000000000000'

export type HandDownInput = { readonly tenantId: string; readonly batchId: string; readonly childTenantId: string }

/**
 * Hands the usage of one reseller's account down into the reseller's own tenant, as new rows that name their source:
 * quantity, unit, window and dimensions, never an amount. There each gets its owner by the child's own resources and mappings,
 * or is set aside as unmapped. Safe to repeat: a row that arrived is found by its source. Returns the child's batch.
 */
export async function handDownUsage(input: HandDownInput): Promise<{ batchId: string; handedDown: number }> {
  const batch = await inTenant(input.childTenantId, (ctx) => openUsageBatch(ctx, `from:${input.tenantId}:${input.batchId}`, null))
  let handedDown = 0
  for (let afterId = beforeAll; ; ) {
    const after = afterId
    const usage = await inTenant(input.tenantId, (ctx) => readUsageToHandDown(ctx, { ...input, afterId: after, limit: chunk }))
    if (usage.length === 0) break
    await inTenant(input.childTenantId, (ctx) => receive(ctx, { batchId: batch.id, sourceTenantId: input.tenantId, usage }))
    handedDown += usage.length
    afterId = usage.at(-1)?.id ?? beforeAll
  }
  await inTenant(input.childTenantId, async (ctx) => {
    await settleBatchCounts(ctx, batch.id)
    await advanceBatch(ctx, batch.id, 'mediated')
    if (handedDown > 0) await enqueue(ctx, { name: 'usage/handed-down', data: { tenantId: ctx.tenantId, batchId: batch.id } })
  })
  return { batchId: batch.id, handedDown }
}

type Arrival = { readonly batchId: string; readonly sourceTenantId: string; readonly usage: readonly HandedDownUsage[] }

async function receive(ctx: TenantContext, arrival: Arrival): Promise<void> {
  const superseded = await findSuperseded(ctx, arrival.usage.flatMap((record) => record.supersedesId ?? []))
  for (const [cloudRef, usage] of byCloud(arrival.usage)) {
    const { resources, mappings } = await readAttribution(ctx, cloudRef, usage.map((record) => record.resourceRef))
    const ownerOf = indexOwners(mappings)
    const owned: NewUsageRecord[] = []
    const unmapped: NewQuarantine[] = []
    for (const record of usage) {
      const owner = ownerOf({ resourceRef: record.resourceRef ?? undefined, owner: record.cloudOwner })
      if (!owner) {
        unmapped.push(quarantineOf(record))
        continue
      }
      const resource = record.resourceRef ? resources.get(record.resourceRef) : undefined
      owned.push({
        ...record,
        window: { start: record.windowStart, end: record.windowEnd },
        sourceKey: `from:${record.id}`,
        accountId: owner.accountId,
        subscriptionId: owner.subscriptionId,
        productId: resource?.productId ?? null,
        resourceId: resource?.id ?? null,
        rawUsageId: null,
        sourceTenantId: arrival.sourceTenantId,
        sourceUsageId: record.id,
        supersedesId: record.supersedesId ? (superseded.get(record.supersedesId) ?? null) : null,
      })
    }
    await insertUsageRecords(ctx, { id: arrival.batchId, cloudRef }, owned)
    await quarantineUsage(ctx, arrival.batchId, unmapped)
  }
}

function quarantineOf(record: HandedDownUsage): NewQuarantine {
  const { projectId, accountId, domainPath } = record.cloudOwner
  return {
    sourceKey: `from:${record.id}`, reason: 'unmapped-owner', detail: projectId ?? accountId ?? domainPath ?? null, rawUsageId: null,
    usageRecordId: null, windowStart: record.windowStart,
    payload: { meter: record.meter, unit: record.unit, quantity: record.quantity.toFixed(), resource: record.resourceName ?? record.resourceRef },
  }
}

function byCloud(usage: readonly HandedDownUsage[]): Map<string, HandedDownUsage[]> {
  const groups = new Map<string, HandedDownUsage[]>()
  for (const record of usage) {
    const group = groups.get(record.cloudRef)
    if (group) group.push(record)
    else groups.set(record.cloudRef, [record])
  }
  return groups
}
