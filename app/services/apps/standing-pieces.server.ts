import { type ApplicationPieceRow, piecesOfApplications } from '#app/db/cloud/applications.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { isGone } from '#app/domain/apps/application-state.ts'

/** The pieces of an application that stand or are on their way; those that are being taken away count no more. */
export async function standingPieces(ctx: TenantContext, applicationId: string): Promise<ApplicationPieceRow[]> {
  const pieces = await piecesOfApplications(ctx, [applicationId])
  return pieces.filter((piece) => !isGone(piece) && piece.pendingAction !== 'destroy')
}

/** How many of them each tier has. */
export async function countsOf(ctx: TenantContext, applicationId: string): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  for (const { tier } of await standingPieces(ctx, applicationId)) counts.set(tier, (counts.get(tier) ?? 0) + 1)
  return counts
}
