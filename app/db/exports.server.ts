import type { TenantContext } from './context.server.ts'
import { newId } from './ids.server.ts'

/** What can be asked for. `side` is of FOCUS files alone: what the seller sells, or what it buys from its parent. */
export type ExportWish =
  | {
      readonly kind: 'focus'
      readonly format: 'csv'
      readonly side: 'sell' | 'buy'
      readonly accountId: string | null
      readonly currency: null
    }
  | {
      readonly kind: 'accounting'
      readonly format: 'datev' | 'csv' | 'jsonl'
      readonly side: null
      readonly accountId: null
      /** Only entries in it; every currency when null. */
      readonly currency: string | null
    }

export type NewExport = ExportWish & {
  /** `YYYY-MM`. */
  readonly month: string
  readonly requestedBy: string
}

/** Notes that a file is asked for and returns its id. */
export async function insertExport(ctx: TenantContext, wish: NewExport): Promise<string> {
  const id = newId()
  const { kind, format, side, accountId, currency, month, requestedBy } = wish
  await ctx.db.$executeRaw`
    insert into exports (tenant_id, id, kind, format, period, account_id, side, currency, state, requested_by, requested_at)
    values (${ctx.tenantId}::uuid, ${id}::uuid, ${kind}, ${format}, ${`${month}-01`}::date, ${accountId}::uuid, ${side}, ${currency}, 'requested',
      ${requestedBy}, ${ctx.now})`
  return id
}

export type ExportState = 'requested' | 'done' | 'failed'
export type ExportRow = ExportWish & { readonly id: string; readonly month: string; readonly state: ExportState }

/** What was asked for; undefined when the tenant has no such export. */
export async function readExport(ctx: TenantContext, id: string): Promise<ExportRow | undefined> {
  const [row] = await ctx.db.$queryRaw<ExportRow[]>`
    select id, kind, format, to_char(period, 'YYYY-MM') as month, account_id as "accountId", side, currency, state
    from exports where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
  return row
}

/** A file that was written; `key` is null when it was handed over at once and is not kept. */
export type WrittenFile = { readonly key: string | null; readonly sha256: string; readonly sizeBytes: number; readonly rows: number }

/** Notes the file of an export, and until when it may be fetched. */
export async function markExportDone(
  ctx: TenantContext,
  { id, file, expiresAt }: { readonly id: string; readonly file: WrittenFile; readonly expiresAt: Date | null },
): Promise<void> {
  await ctx.db.$executeRaw`
    update exports set state = 'done', file_key = ${file.key}, sha256 = ${file.sha256}, size_bytes = ${file.sizeBytes}, row_count = ${file.rows},
      finished_at = ${ctx.now}, expires_at = ${expiresAt}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and state <> 'done'`
}

/** Notes that no file could be made. */
export async function markExportFailed(ctx: TenantContext, id: string): Promise<void> {
  await ctx.db.$executeRaw`
    update exports set state = 'failed', finished_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and state = 'requested'`
}
