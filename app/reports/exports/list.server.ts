import type { TenantContext } from '#app/db/context.server.ts'
import { inIndexOrder } from '#app/db/index-order.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'
import type { ExportState, ExportWish } from '#app/db/sellers/exports.server.ts'
import { type Sql, sql } from '#app/db/sql.server.ts'

/** A file that was asked for, as the office lists it. */
export type ListedExport = Pick<ExportWish, 'kind' | 'format' | 'side' | 'currency'> & {
  readonly id: string
  readonly month: string
  /** Of a table as of a day. */
  readonly day: string | null
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

/** The newest fifty files that were asked for, or that the seller's own schedules made. */
export function listExports(ctx: TenantContext): Promise<ListedExport[]> {
  return inIndexOrder(
    ctx,
    () => ctx.db.$queryRaw<ListedExport[]>`
    select e.id, e.kind, e.format, e.side, e.currency, to_char(e.period, 'YYYY-MM') as month, e.day::text as day, e.state, a.name as "accountName", e.sha256,
      e.size_bytes as "sizeBytes", e.row_count as rows, coalesce(u.name, e.requested_by) as "requestedBy", e.requested_at as "requestedAt",
      e.expires_at as "expiresAt", e.state = 'done' and e.file_key is not null and e.expires_at > ${ctx.now} as "isKept"
    from exports e
    left join accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id
    left join users u on u.tenant_id = e.tenant_id and u.id::text = e.requested_by
    left join export_schedules s on s.tenant_id = e.tenant_id and s.id = e.schedule_id
    where e.tenant_id = ${ctx.tenantId}::uuid and s.account_id is null
    order by e.requested_at desc, e.id desc limit 50`,
  )
}

export type KeptExport = { readonly fileKey: string; readonly filename: string; readonly isExpired: boolean }

/** Where the file of an export lies and what it is called; undefined when there is none, or its time is over. */
export async function readKeptExport(ctx: TenantContext, id: string): Promise<KeptExport | undefined> {
  const kept = await readKept(ctx, sql`e.id = ${id}::uuid`)
  return kept?.isExpired ? undefined : kept
}

/** The file that a mailed link of this seller leads to; undefined for a secret that was never sent. */
export function readLinkedExport(ctx: TenantContext, token: string): Promise<KeptExport | undefined> {
  return readKept(ctx, sql`e.link_hash = ${hashOfToken(token)}`)
}

type Named = { kind: string; format: string; month: string; day: string | null; slug: string }

async function readKept(ctx: TenantContext, which: Sql): Promise<KeptExport | undefined> {
  const [row] = await ctx.db.$queryRaw<(Named & { fileKey: string; isExpired: boolean })[]>`
    select e.file_key as "fileKey", e.kind, e.format, to_char(e.period, 'YYYY-MM') as month, e.day::text as day, t.slug,
      coalesce(e.expires_at <= ${ctx.now}, true) as "isExpired"
    from exports e join tenants t on t.tenant_id = e.tenant_id
    where e.tenant_id = ${ctx.tenantId}::uuid and ${which} and e.state = 'done' and e.file_key is not null`
  return row && { fileKey: row.fileKey, filename: filenameOf(row), isExpired: row.isExpired }
}

function filenameOf({ kind, format, slug, month, day }: Named): string {
  if (kind === 'focus') return `focus-${slug}-${month}.csv`
  if (kind !== 'accounting') return `${kind}-${slug}-${day ?? month}.csv`
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
