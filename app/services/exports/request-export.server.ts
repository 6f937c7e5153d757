import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { type ExportWish, insertExport } from '#app/db/sellers/exports.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { isMonthClosed } from './closed-month.server.ts'

export type RequestExportInput = ExportWish & {
  /** `YYYY-MM`. */
  readonly month: string
}
export type RequestExportError = 'period-open' | 'no-parent'

/**
 * Has a file made once this transaction has committed. Entries leave from closed months alone: what is exported does not change any more.
 * Refuses what a seller without a parent would buy.
 */
export async function requestExport(
  ctx: TenantContext,
  input: RequestExportInput,
): Promise<Result<{ exportId: string }, RequestExportError>> {
  const noted = await noteExport(ctx, input)
  if (!noted.ok) return noted
  const { exportId } = noted.value
  await enqueue(ctx, { name: 'export/requested', data: { tenantId: ctx.tenantId, exportId }, key: `export:${exportId}` })
  return noted
}

/** The same for a file that is handed over at once: it is noted, and nothing waits for it. */
export async function noteExport(ctx: TenantContext, input: RequestExportInput): Promise<Result<{ exportId: string }, RequestExportError>> {
  const { kind, format, side, month } = input
  if (kind === 'accounting' && !(await isMonthClosed(ctx, month))) return err('period-open')
  if (side === 'buy' && !(await ownTenant(ctx))?.parentAccountId) return err('no-parent')
  const exportId = await insertExport(ctx, { ...input, requestedBy: actorName(ctx.actor) })
  invariant(exportId, 'noteExport: only a run of a schedule is made once')
  await audit(ctx, { action: 'export.requested', subjectKind: 'export', subjectId: exportId, detail: { kind, format, month } })
  return ok({ exportId })
}
