import type { TenantContext } from '#app/db/context.server.ts'
import { lockCloud } from '#app/db/usage/usage-batches.server.ts'
import { endOfRawStretch, readUnjudgedRaw } from '#app/db/usage/usage-mediation.server.ts'
import { quarantineUsage } from '#app/db/usage/usage-quarantine.server.ts'
import { insertUsageRecords } from '#app/db/usage/usage-records.server.ts'
import { contradictionOf, judgeRaw, type RawSource } from './judge-raw.server.ts'
import { rankRevisions } from './rank-revisions.ts'

export type MediateChunkInput = RawSource & {
  readonly batchId: string
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
  const judged = await judgeRaw(ctx, input, ranked)
  const refused = [...outranked.map(contradictionOf), ...judged.refused]
  await insertUsageRecords(ctx, { id: input.batchId, cloudRef: input.cloudRef }, judged.accepted)
  await quarantineUsage(ctx, input.batchId, refused)
  return { lastId, accepted: judged.accepted.length, quarantined: refused.length }
}
