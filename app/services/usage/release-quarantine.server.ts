import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { isHandedDown } from '#app/db/usage/handed-down-usage.server.ts'
import { readUsageBatches, settleBatchCounts, type UsageBatch } from '#app/db/usage/usage-batches.server.ts'
import { settleOpenQuarantine } from '#app/db/usage/usage-quarantine.server.ts'
import type { DomainEvent } from '#app/domain/shared/events.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { sourceBatchOf } from './hand-down-usage.server.ts'

export type ReleaseQuarantineInput = {
  /** A page of the list at most. */
  readonly quarantineIds: readonly string[]
  readonly reason: string
}
export type ReleaseQuarantineError = 'quarantine-not-found'
export type ReleasedUsage = { readonly released: number; readonly batchIds: readonly string[] }

/**
 * Lets usage that was set aside be judged and rated again, by jobs, once its cause is gone: a price, a mapping. What is still
 * refused then comes back with its reason of that day. Usage that is resolved already is passed over; refuses when all of it is.
 */
export async function releaseQuarantine(
  ctx: TenantContext,
  input: ReleaseQuarantineInput,
): Promise<Result<ReleasedUsage, ReleaseQuarantineError>> {
  const released = await settleOpenQuarantine(ctx, 'released', input.quarantineIds)
  if (released.length === 0) return err('quarantine-not-found')

  const batches = await readUsageBatches(ctx, [...new Set(released.map((usage) => usage.batchId))])
  for (const batch of batches) {
    await settleBatchCounts(ctx, batch.id)
    const untaken = released.some((usage) => usage.batchId === batch.id && isHandedDown(usage.sourceKey))
    await enqueue(ctx, processing(ctx.tenantId, batch, untaken))
  }
  for (const { id, sourceKey } of released) {
    await audit(ctx, {
      action: 'usage.released',
      subjectKind: 'usage-quarantine',
      subjectId: id,
      detail: { reason: input.reason, sourceKey },
    })
  }
  return ok({ released: released.length, batchIds: batches.map((batch) => batch.id) })
}

/** What the parent handed down and was not taken in is only there: so the parent hands its batch down again. */
function processing(tenantId: string, batch: UsageBatch, isUntaken: boolean): DomainEvent {
  const source = isUntaken ? sourceBatchOf(batch.sourceKey) : undefined
  return { name: 'usage/received', data: source ?? { tenantId, batchId: batch.id } }
}
