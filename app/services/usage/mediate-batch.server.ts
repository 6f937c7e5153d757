import type { TenantContext } from '#app/db/context.server.ts'
import { insertUsageRecords, type NewUsageRecord, readOccupiedHours, readUnjudgedRaw, type UnjudgedRaw } from '#app/db/usage-mediation.server.ts'
import { type NewQuarantine, quarantineUsage } from '#app/db/usage-quarantine.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { type MediatedUsage, mediateUsage } from '#app/domain/usage/mediate.ts'
import { occupancyKey } from '#app/domain/usage/plausibility.ts'
import { reviseUsage } from '#app/domain/usage/revise-usage.ts'
import { type Attribution, readAttribution } from './attribution.server.ts'

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
  const raw = await readUnjudgedRaw(ctx, input.batchId, input.afterId, input.limit)
  if (raw.length === 0) return { lastId: null, accepted: 0, quarantined: 0 }

  const { judged, contradicted } = settleRevisions(raw)
  const attribution = await readAttribution(ctx, input.cloudRef, judged.map((record) => record.resourceRef))
  const outcomes = mediateUsage(judged, {
    mappings: attribution.mappings,
    resources: attribution.resources,
    seen: await readOccupiedHours(ctx, input.cloudRef, occupiedQuestions(judged)),
    billedServerMeter: input.billedServerMeter,
    now: ctx.now,
  })

  const accepted: NewUsageRecord[] = []
  const refused: NewQuarantine[] = contradicted.map((record) => quarantineOf(record, 'conflicting-quantity', conflictDetail(record)))
  for (const [index, outcome] of outcomes.entries()) {
    const record = judged[index] as UnjudgedRaw
    if (outcome.outcome === 'accepted') accepted.push(usageOf(record, outcome.usage, attribution))
    else if (outcome.outcome === 'quarantined') refused.push(quarantineOf(record, outcome.reason, ownerText(record)))
  }
  await insertUsageRecords(ctx, { id: input.batchId, cloudRef: input.cloudRef }, accepted)
  await quarantineUsage(ctx, input.batchId, refused)
  return { lastId: raw.at(-1)?.id ?? null, accepted: accepted.length, quarantined: refused.length }
}

/** One record for each fact: its largest quantity, unless a larger one is known; the others contradict it. */
function settleRevisions(raw: readonly UnjudgedRaw[]): { judged: UnjudgedRaw[]; contradicted: UnjudgedRaw[] } {
  const largest = new Map<string, UnjudgedRaw>()
  const contradicted: UnjudgedRaw[] = []
  for (const record of raw) {
    if (record.knownQuantity && reviseUsage(record.knownQuantity, quantityOf(record)) === 'kept') {
      contradicted.push(record)
      continue
    }
    const rival = largest.get(record.contentKey)
    if (rival && quantityOf(rival).gte(quantityOf(record))) contradicted.push(record)
    else {
      if (rival) contradicted.push(rival)
      largest.set(record.contentKey, record)
    }
  }
  return { judged: [...largest.values()], contradicted }
}

function quantityOf(record: UnjudgedRaw): Decimal {
  return new Decimal(record.quantity ?? 0)
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
    ...usage,
    sourceKey: sourceKeyOf(record),
    accountId: usage.owner.accountId,
    subscriptionId: usage.owner.subscriptionId,
    productId: resource?.productId ?? null,
    resourceId: resource?.id ?? null,
    rawUsageId: record.id,
    sourceTenantId: null,
    sourceUsageId: null,
    supersedesId: record.knownUsageId,
    cloudOwner: record.owner,
  }
}

function quarantineOf(record: UnjudgedRaw, reason: string, detail: string | null): NewQuarantine {
  return {
    sourceKey: sourceKeyOf(record), reason, detail, rawUsageId: record.id, usageRecordId: null, windowStart: record.windowStart,
    payload: { usageType: record.usageType, quantity: record.quantity ?? null, resource: record.resourceName ?? record.resourceRef ?? null },
  }
}

function sourceKeyOf(record: UnjudgedRaw): string {
  return `raw:${record.contentKey}:${record.revision}`
}

function conflictDetail(record: UnjudgedRaw): string | null {
  return record.knownQuantity ? `${record.quantity ?? '-'} < ${record.knownQuantity.toFixed()}` : null
}

function ownerText({ owner }: UnjudgedRaw): string | null {
  return owner.projectId ?? owner.accountId ?? owner.domainPath ?? owner.domainId ?? null
}
