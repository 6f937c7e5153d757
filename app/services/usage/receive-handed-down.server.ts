import type { TenantContext } from '#app/db/context.server.ts'
import { type ArrivedUsage, handedDownKey, readArrivedUsage, readSetAside } from '#app/db/usage/handed-down-usage.server.ts'
import type { HandedDownUsage } from '#app/db/usage/usage-hand-down.server.ts'
import { type NewQuarantine, quarantineUsage } from '#app/db/usage/usage-quarantine.server.ts'
import { insertUsageRecords, type NewUsageRecord } from '#app/db/usage/usage-records.server.ts'
import type { OwnerQuestion, UsageOwner } from '#app/domain/usage/attribute-owner.ts'
import { type Attribution, readAttribution } from './attribution.server.ts'
import { succeed } from './withdraw-usage.ts'

export type Arrival = {
  readonly batchId: string
  readonly sourceTenantId: string
  /** Oldest first. */
  readonly usage: readonly HandedDownUsage[]
  /** What took the place of a record since, by its id. */
  readonly later: ReadonlyMap<string, readonly string[]>
}

/**
 * Takes usage of the parent in: with an owner, or set aside as unmapped. What has arrived, or was set aside, stays as it
 * is; what a later record has replaced here already is obsolete and passed over.
 */
export async function receiveHandedDown(ctx: TenantContext, arrival: Arrival): Promise<void> {
  const { usage, later } = arrival
  const ids = usage.map((record) => record.id)
  const arrived = await readArrivedUsage(ctx, [...ids, ...[...later.values()].flat()])
  const setAside = await readSetAside(ctx, ids)
  const isObsolete = (record: HandedDownUsage) => later.get(record.id)?.some((id) => arrived.has(id)) ?? false
  const fresh = usage.filter((record) => !arrived.has(record.id) && !setAside.has(record.id) && !isObsolete(record))

  for (const generation of generationsOf(fresh)) {
    const replaced = await readArrivedUsage(
      ctx,
      generation.flatMap((record) => record.supersedesId ?? []),
    )
    for (const [cloudRef, records] of byCloud(generation)) await takeIn(ctx, { ...arrival, cloudRef, records, replaced })
  }
}

type Share = Arrival & {
  readonly cloudRef: string
  readonly records: readonly HandedDownUsage[]
  readonly replaced: ReadonlyMap<string, ArrivedUsage>
}

async function takeIn(ctx: TenantContext, share: Share): Promise<void> {
  const attribution = await readAttribution(ctx, share.cloudRef, share.records)
  const owned: NewUsageRecord[] = []
  const unmapped: NewQuarantine[] = []
  for (const record of share.records) {
    const replaced = share.replaced.get(record.supersedesId ?? '')
    // Nothing is nobody's: a record that only takes back goes where the quantity was.
    const owner = replaced && record.quantity.isZero() ? replaced : attribution.ownerOf(questionOf(record))
    if (owner) owned.push(...succeed(usageOf(record, { ...share, owner, attribution }), replaced))
    else unmapped.push(quarantineOf(record))
  }
  await insertUsageRecords(ctx, { id: share.batchId, cloudRef: share.cloudRef }, owned)
  await quarantineUsage(ctx, share.batchId, unmapped)
}

function questionOf({ resourceRef, cloudOwner }: HandedDownUsage): OwnerQuestion {
  return { resourceRef: resourceRef ?? undefined, owner: cloudOwner }
}

type Ownership = { readonly sourceTenantId: string; readonly owner: UsageOwner; readonly attribution: Attribution }

function usageOf(record: HandedDownUsage, { sourceTenantId, owner, attribution }: Ownership): NewUsageRecord {
  const resource = record.resourceRef ? attribution.resources.get(record.resourceRef) : undefined
  return {
    meter: record.meter,
    unit: record.unit,
    quantity: record.quantity,
    resourceRef: record.resourceRef,
    resourceName: record.resourceName,
    dimensions: record.dimensions,
    cloudOwner: record.cloudOwner,
    window: { start: record.windowStart, end: record.windowEnd },
    sourceKey: handedDownKey(record.id),
    accountId: owner.accountId,
    subscriptionId: owner.subscriptionId,
    productId: resource?.productId ?? null,
    resourceId: resource?.id ?? null,
    rawUsageId: null,
    sourceTenantId,
    sourceUsageId: record.id,
    supersedesId: null,
  }
}

function quarantineOf(record: HandedDownUsage): NewQuarantine {
  const { projectId, accountId, domainPath } = record.cloudOwner
  return {
    sourceKey: handedDownKey(record.id),
    reason: 'unmapped-owner',
    detail: projectId ?? accountId ?? domainPath ?? null,
    rawUsageId: null,
    usageRecordId: null,
    windowStart: record.windowStart,
    payload: {
      meter: record.meter,
      unit: record.unit,
      quantity: record.quantity.toFixed(),
      resource: record.resourceName ?? record.resourceRef,
    },
  }
}

/** Records in steps: each comes after the one it replaces. Nearly always one step. */
function generationsOf(usage: readonly HandedDownUsage[]): HandedDownUsage[][] {
  const depths = new Map<string, number>()
  const generations: HandedDownUsage[][] = []
  for (const record of usage) {
    const depth = record.supersedesId === null ? 0 : (depths.get(record.supersedesId) ?? -1) + 1
    depths.set(record.id, depth)
    const generation = generations[depth] ?? []
    generation.push(record)
    generations[depth] = generation
  }
  return generations
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
