import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { assignDebtorNumbers } from '#app/db/ledger/accounting-settings.server.ts'
import { type ExportRow, markExportDone, markExportFailed, readExport, type WrittenFile } from '#app/db/sellers/exports.server.ts'
import { firstDebtor } from '#app/domain/accounting-export/account-numbers.ts'
import { type ExportLink, handOver } from './hand-over.server.ts'
import { openFailureMails } from './tell-of-failure.server.ts'

/** How long a file may be fetched. */
const keptMs = 7 * 86_400_000

/** What an export asks for, with a number for every debtor it will name; undefined when there is no such export. */
export async function prepareExport(ctx: TenantContext, exportId: string): Promise<ExportRow | undefined> {
  const row = await readExport(ctx, exportId)
  if (row?.kind === 'accounting') await assignDebtorNumbers(ctx, `${row.month}-01`, firstDebtor)
  return row
}

export type FinishedExport = { readonly exportId: string; readonly file: WrittenFile; readonly link?: ExportLink }

/**
 * Notes the file that an export became: its hash tells later what left. A kept one may be fetched for seven days; one of a schedule is
 * handed over. Safe to repeat.
 */
export async function finishExport(ctx: TenantContext, { exportId, file, link }: FinishedExport): Promise<void> {
  const expiresAt = file.key === null ? null : new Date(ctx.now.getTime() + keptMs)
  if (!(await markExportDone(ctx, { id: exportId, file, expiresAt }))) return
  if (link) await handOver(ctx, exportId, link)
  const { sha256, rows } = file
  await audit(ctx, { action: 'export.made', subjectKind: 'export', subjectId: exportId, detail: { sha256, rows } })
}

/** Notes that no file could be made of an export; who receives that file of a schedule is told when the one before was made. Safe to repeat. */
export async function failExport(ctx: TenantContext, exportId: string): Promise<void> {
  if (await markExportFailed(ctx, exportId)) await openFailureMails(ctx, exportId)
}
