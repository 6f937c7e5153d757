import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { settleBatchCounts } from '#app/db/usage/usage-batches.server.ts'
import { type ContradictingRaw, lockContradictingRaw } from '#app/db/usage/usage-mediation.server.ts'
import { type NewQuarantine, settleOpenQuarantine } from '#app/db/usage/usage-quarantine.server.ts'
import { insertUsageRecords } from '#app/db/usage/usage-records.server.ts'
import { groupBy } from '#app/domain/shared/group-by.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { judgeRaw } from './judge-raw.server.ts'

export type AcceptQuantityInput = {
  /** A page of the list at most; reports that wait for another reason are passed over. */
  readonly quarantineIds: readonly string[]
  readonly reason: string
}
export type AcceptQuantityError = 'quarantine-not-found' | 'still-refused'

/** A report that takes the place of what was known of its fact. */
export type TakenReport = Pick<ContradictingRaw, 'quarantineId' | 'batchId'> & { readonly before: string; readonly after: string }
export type TakenReports = { readonly taken: readonly TakenReport[]; readonly refused: readonly NewQuarantine[] }

/**
 * Lets the quantity that a cloud reported later count although it is smaller, nothing included. Jobs then take back what was
 * charged of it and charge it anew, at every level below too; a finalised invoice stays, the difference is on the next one. Of
 * several chosen reports of one fact the latest counts and the others are dismissed. Safe to repeat.
 */
export async function acceptQuantity(
  ctx: TenantContext,
  { quarantineIds, reason }: AcceptQuantityInput,
): Promise<Result<{ readonly accepted: number; readonly refused: number }, AcceptQuantityError>> {
  const { taken, refused } = await takeReported(ctx, quarantineIds)
  if (taken.length === 0) return err(refused.length > 0 ? 'still-refused' : 'quarantine-not-found')
  for (const batchId of new Set(taken.map((report) => report.batchId))) {
    await settleBatchCounts(ctx, batchId)
    await enqueue(ctx, { name: 'usage/received', data: { tenantId: ctx.tenantId, batchId } })
  }
  for (const { quarantineId, before, after } of taken) {
    await audit(ctx, {
      action: 'usage.quantity-accepted',
      subjectKind: 'usage-quarantine',
      subjectId: quarantineId,
      detail: { reason, before, after },
    })
  }
  return ok({ accepted: taken.length, refused: refused.length })
}

/** Puts the chosen reports in the place of what was known; they are not rated yet. Those refused are left as they are. */
export async function takeReported(ctx: TenantContext, quarantineIds: readonly string[]): Promise<TakenReports> {
  const { latest, outdone } = latestOfEach(await lockContradictingRaw(ctx, quarantineIds))
  const taken: TakenReport[] = []
  const refused: NewQuarantine[] = []
  for (const [batchId, reports] of groupBy(latest, (report) => report.batchId)) {
    const [source] = reports as [ContradictingRaw]
    const judged = await judgeRaw(ctx, source, reports)
    await insertUsageRecords(ctx, { id: batchId, cloudRef: source.cloudRef }, judged.accepted)
    const accepted = new Set(judged.accepted.map(({ rawUsageId }) => rawUsageId))
    taken.push(...reports.filter(({ id }) => accepted.has(id)).map(toTaken))
    refused.push(...judged.refused)
  }
  await settleOpenQuarantine(
    ctx,
    'released',
    taken.map(({ quarantineId }) => quarantineId),
  )
  await settleOpenQuarantine(ctx, 'dismissed', outdone)
  return { taken, refused }
}

/** The last word on each fact, and what it leaves behind. */
function latestOfEach(latestFirst: readonly ContradictingRaw[]): { latest: ContradictingRaw[]; outdone: string[] } {
  const latest = new Map<string, ContradictingRaw>()
  const outdone: string[] = []
  for (const report of latestFirst) {
    const fact = `${report.cloudRef} ${report.contentKey}`
    if (latest.has(fact)) outdone.push(report.quarantineId)
    else latest.set(fact, report)
  }
  return { latest: [...latest.values()], outdone }
}

function toTaken({ quarantineId, batchId, known, quantity }: ContradictingRaw): TakenReport {
  return { quarantineId, batchId, before: known?.reported.toFixed() ?? '', after: quantity ?? '' }
}
