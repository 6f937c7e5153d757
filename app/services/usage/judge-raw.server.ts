import { readOwnMeters } from '#app/db/catalog/meters.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readOccupiedHours, type UnjudgedRaw } from '#app/db/usage/usage-mediation.server.ts'
import type { NewQuarantine } from '#app/db/usage/usage-quarantine.server.ts'
import type { NewUsageRecord } from '#app/db/usage/usage-records.server.ts'
import { type MediatedUsage, type MediationOutcome, mediateUsage } from '#app/domain/usage/mediate.ts'
import { occupancyKey } from '#app/domain/usage/plausibility.ts'
import { type Attribution, readAttribution } from './attribution.server.ts'
import { succeed } from './withdraw-usage.ts'

/** The cloud that raw records come from, and which of its two overlapping server meters is billed. */
export type RawSource = { readonly cloudRef: string; readonly billedServerMeter: 'running' | 'allocated' }

/** What raw records become: usage, which takes the place of what was known of its fact, or quarantine with a reason. */
export type JudgedRaw = { readonly accepted: readonly NewUsageRecord[]; readonly refused: readonly NewQuarantine[] }

/** Judges raw records of one cloud; of several reports of one fact the first that can be accepted counts. Nothing is written. */
export async function judgeRaw(ctx: TenantContext, source: RawSource, records: readonly UnjudgedRaw[]): Promise<JudgedRaw> {
  const attribution = await readAttribution(
    ctx,
    source.cloudRef,
    records.map((record) => ({ ...record, cloudOwner: record.owner })),
  )
  const outcomes = mediateUsage(records, {
    mappings: attribution.mappings,
    resources: attribution.resources,
    seen: await readOccupiedHours(ctx, source.cloudRef, occupiedQuestions(records)),
    billedServerMeter: source.billedServerMeter,
    own: await readOwnMeters(ctx),
    now: ctx.now,
  })
  return sortOutcomes(records, outcomes, attribution)
}

function sortOutcomes(records: readonly UnjudgedRaw[], outcomes: readonly MediationOutcome[], attribution: Attribution): JudgedRaw {
  const accepted: NewUsageRecord[] = []
  const refused: NewQuarantine[] = []
  for (const [index, outcome] of outcomes.entries()) {
    const record = records[index] as UnjudgedRaw
    if (outcome.outcome === 'accepted') accepted.push(...succeed(usageOf(record, outcome.usage, attribution), record.known ?? undefined))
    else if (outcome.outcome === 'quarantined') refused.push(quarantineOf(record, outcome.reason, ownerText(record)))
    else if (outcome.reason === 'duplicate') refused.push(contradictionOf(record))
  }
  return { accepted, refused }
}

/** A report that contradicts what is known of its fact, or another report of it, set aside. */
export function contradictionOf(record: UnjudgedRaw): NewQuarantine {
  return quarantineOf(
    record,
    record.problem ?? 'conflicting-quantity',
    record.known && `${record.quantity ?? '-'} < ${record.known.reported.toFixed()}`,
  )
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

function sourceKeyOf(record: UnjudgedRaw): string {
  return `raw:${record.contentKey}:${record.revision}`
}

function ownerText({ owner }: UnjudgedRaw): string | null {
  return owner.projectId ?? owner.accountId ?? owner.domainPath ?? owner.domainId ?? null
}
