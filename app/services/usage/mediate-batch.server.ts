import type { TenantContext } from '#app/db/context.server.ts'
import { lockCloud } from '#app/db/usage-batches.server.ts'
import { endOfRawStretch, readOccupiedHours, readUnjudgedRaw, type UnjudgedRaw } from '#app/db/usage-mediation.server.ts'
import { type NewQuarantine, quarantineUsage } from '#app/db/usage-quarantine.server.ts'
import { insertUsageRecords, type NewUsageRecord } from '#app/db/usage-records.server.ts'
import { type MediatedUsage, type MediationOutcome, mediateUsage } from '#app/domain/usage/mediate.ts'
import { occupancyKey } from '#app/domain/usage/plausibility.ts'
import { type Attribution, readAttribution } from './attribution.server.ts'
import { rankRevisions } from './rank-revisions.ts'
import { succeed } from './withdraw-usage.ts'

export type MediateChunkInput = {
  readonly batchId: string
  readonly cloudRef: string
  readonly billedServerMeter: 'running' | 'allocated'
  readonly afterId: string
  readonly limit: number
}

/** `lastId` is null when nothing was left. */
export type MediateChunkOutcome = { readonly lastId: string | null; readonly accepted: number; readonly quarantined: number }

/**
 * Judges the next raw records of a batch: usage with an owner, quarantine with a reason, or dropped. The chunk is saved as one;
 * records judged before are passed over, so that a repeat goes on where the last commit was. A higher quantity under a
 * known content key takes the place of the known one, a lower one is set aside as contradicting it.
 */
export async function mediateUsageChunk(ctx: TenantContext, input: MediateChunkInput): Promise<MediateChunkOutcome> {
  await lockCloud(ctx, input.cloudRef)
  const lastId = await endOfRawStretch(ctx, input.batchId, input.afterId, input.limit)
  if (!lastId) return { lastId: null, accepted: 0, quarantined: 0 }
  const raw = await readUnjudgedRaw(ctx, input.batchId, { afterId: input.afterId, lastId })
  if (raw.length === 0) return { lastId, accepted: 0, quarantined: 0 }

  const { ranked, outranked } = rankRevisions(raw)
  const attribution = await readAttribution(
    ctx,
    input.cloudRef,
    ranked.map((record) => ({ ...record, cloudOwner: record.owner })),
  )
  const outcomes = mediateUsage(ranked, {
    mappings: attribution.mappings,
    resources: attribution.resources,
    seen: await readOccupiedHours(ctx, input.cloudRef, occupiedQuestions(ranked)),
    billedServerMeter: input.billedServerMeter,
    now: ctx.now,
  })
  const judged = sortOutcomes(ranked, outcomes, attribution)
  const refused = [...outranked.map(contradictionOf), ...judged.refused]
  await insertUsageRecords(ctx, { id: input.batchId, cloudRef: input.cloudRef }, judged.accepted)
  await quarantineUsage(ctx, input.batchId, refused)
  return { lastId, accepted: judged.accepted.length, quarantined: refused.length }
}

type Judged = { readonly accepted: readonly NewUsageRecord[]; readonly refused: readonly NewQuarantine[] }

function sortOutcomes(ranked: readonly UnjudgedRaw[], outcomes: readonly MediationOutcome[], attribution: Attribution): Judged {
  const accepted: NewUsageRecord[] = []
  const refused: NewQuarantine[] = []
  for (const [index, outcome] of outcomes.entries()) {
    const record = ranked[index] as UnjudgedRaw
    if (outcome.outcome === 'accepted') accepted.push(...succeed(usageOf(record, outcome.usage, attribution), record.known ?? undefined))
    else if (outcome.outcome === 'quarantined') refused.push(quarantineOf(record, outcome.reason, ownerText(record)))
    else if (outcome.reason === 'duplicate') refused.push(contradictionOf(record))
  }
  return { accepted, refused }
}

function occupiedQuestions(records: readonly UnjudgedRaw[]) {
  const asked = new Map<string, { ref: string; start: Date; end: Date }>()
  for (const record of records) {
    if (!record.resourceRef || occupancyKey(record) === undefined) continue
    const question = { ref: record.resourceRef, start: record.windowStart, end: record.windowEnd }
    asked.set(`${question.ref}|${question.start.getTime()}|${question.end.getTime()}`, question)
  }
  return [...asked.values()]
}

function usageOf(record: UnjudgedRaw, usage: MediatedUsage, { resources }: Attribution): NewUsageRecord {
  const resource = record.resourceRef ? resources.get(record.resourceRef) : undefined
  return {
    meter: usage.meter,
    unit: usage.unit,
    quantity: usage.quantity,
    window: usage.window,
    resourceRef: usage.resourceRef,
    resourceName: usage.resourceName,
    dimensions: usage.dimensions,
    sourceKey: sourceKeyOf(record),
    accountId: usage.owner.accountId,
    subscriptionId: usage.owner.subscriptionId,
    productId: resource?.productId ?? null,
    resourceId: resource?.id ?? null,
    rawUsageId: record.id,
    sourceTenantId: null,
    sourceUsageId: null,
    supersedesId: null,
    cloudOwner: record.owner,
  }
}

function quarantineOf(record: UnjudgedRaw, reason: string, detail: string | null): NewQuarantine {
  return {
    sourceKey: sourceKeyOf(record),
    reason,
    detail,
    rawUsageId: record.id,
    usageRecordId: null,
    windowStart: record.windowStart,
    payload: {
      usageType: record.usageType,
      quantity: record.quantity ?? null,
      resource: record.resourceName ?? record.resourceRef ?? null,
    },
  }
}

function contradictionOf(record: UnjudgedRaw): NewQuarantine {
  return quarantineOf(
    record,
    record.problem ?? 'conflicting-quantity',
    record.known && `${record.quantity ?? '-'} < ${record.known.reported.toFixed()}`,
  )
}

function sourceKeyOf(record: UnjudgedRaw): string {
  return `raw:${record.contentKey}:${record.revision}`
}

function ownerText({ owner }: UnjudgedRaw): string | null {
  return owner.projectId ?? owner.accountId ?? owner.domainPath ?? owner.domainId ?? null
}
