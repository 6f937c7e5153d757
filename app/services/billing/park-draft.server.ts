import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { setDraftAside } from '#app/db/documents/run-drafts.server.ts'
import { isRefusedData } from '#app/db/refused-data.server.ts'
import { InvariantError } from '#app/domain/shared/invariant.ts'

/** Why a draft stays behind for a person to look at. */
export type ParkingReason = 'broken-assumption' | 'refused-by-database'

/** The reason to park after `failure`; undefined when trying again may help. */
export function parkingReasonOf(failure: unknown): ParkingReason | undefined {
  if (failure instanceof InvariantError) return 'broken-assumption'
  return isRefusedData(failure) ? 'refused-by-database' : undefined
}

/** Leaves a draft behind with its reason; its charges stay open, and the next try of the run drafts it anew. */
export async function parkDraft(ctx: TenantContext, input: { readonly draftId: string; readonly problem: string }): Promise<void> {
  await setDraftAside(ctx, input.draftId, 'parked', input.problem)
  await audit(ctx, {
    action: 'invoice-draft.parked',
    subjectKind: 'invoice-draft',
    subjectId: input.draftId,
    detail: { problem: input.problem },
  })
}
