import type { TenantContext } from '#app/db/context.server.ts'
import type { ExportState, ExportWish } from '#app/db/exports.server.ts'

/** A file that was asked for, as the office lists it. */
export type ListedExport = Pick<ExportWish, 'kind' | 'format' | 'side' | 'currency'> & {
  readonly id: string
  readonly month: string
  readonly state: ExportState
  readonly accountName: string | null
  readonly sha256: string | null
  readonly sizeBytes: bigint | null
  readonly rows: number | null
  /** A person by name, or the job or command. */
  readonly requestedBy: string
  readonly requestedAt: Date
  readonly expiresAt: Date | null
  /** It may be fetched now. */
  readonly isKept: boolean
}

/** The newest fifty files that were asked for. */
export function listExports(ctx: TenantContext): Promise<ListedExport[]> {
  return ctx.db.$queryRaw<ListedExport[]>`
    select e.id, e.kind, e.format, e.side, e.currency, to_char(e.period, 'YYYY-MM') as month, e.state, a.name as "accountName", e.sha256,
      e.size_bytes as "sizeBytes", e.row_count as rows, coalesce(u.name, e.requested_by) as "requestedBy", e.requested_at as "requestedAt",
      e.expires_at as "expiresAt", e.state = 'done' and e.file_key is not null and e.expires_at > ${ctx.now} as "isKept"
    from exports e
    left join accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id
    left join users u on u.tenant_id = e.tenant_id and u.id::text = e.requested_by
    where e.tenant_id = ${ctx.tenantId}::uuid
    order by e.requested_at desc, e.id desc limit 50`
}

export type KeptExport = { readonly fileKey: string; readonly filename: string }

/** Where the file of an export lies and what it is called; undefined when there is none, or its time is over. */
export async function readKeptExport(ctx: TenantContext, id: string): Promise<KeptExport | undefined> {
  const [row] = await ctx.db.$queryRaw<{ fileKey: string; kind: string; format: string; month: string; slug: string }[]>`
    select e.file_key as "fileKey", e.kind, e.format, to_char(e.period, 'YYYY-MM') as month, t.slug
    from exports e join tenants t on t.tenant_id = e.tenant_id
    where e.tenant_id = ${ctx.tenantId}::uuid and e.id = ${id}::uuid and e.state = 'done' and e.file_key is not null
      and e.expires_at > ${ctx.now}`
  return row && { fileKey: row.fileKey, filename: filenameOf(row) }
}

function filenameOf({ kind, format, slug, month }: { kind: string; format: string; slug: string; month: string }): string {
  if (kind === 'focus') return `focus-${slug}-${month}.csv`
  // DATEV knows its files by how their names begin.
  return format === 'datev' ? `EXTF_${slug}_${month}.csv` : `journal-${slug}-${month}.${format}`
}

/** The closed months of the books, newest first, at most ten years. */
export async function closedMonths(ctx: TenantContext): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ month: string }[]>`
    select to_char(month, 'YYYY-MM') as month from accounting_periods
    where tenant_id = ${ctx.tenantId}::uuid and state = 'closed' order by month desc limit 120`
  return rows.map(({ month }) => month)
}

/** A buyer that has documents, for a list to choose from; the first thousand by name. */
export function payers(ctx: TenantContext): Promise<{ id: string; name: string }[]> {
  return ctx.db.account.findMany({
    where: { tenantId: ctx.tenantId, parentAccountId: null },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 1_000,
  })
}
