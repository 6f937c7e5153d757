import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

export type NewQuarantine = {
  /** The same refusal again finds the first one. */
  readonly sourceKey: string
  readonly reason: string
  readonly detail: string | null
  readonly rawUsageId: string | null
  readonly usageRecordId: string | null
  readonly windowStart: Date
  readonly payload: object
}

/** Sets usage aside with its reason, in one statement; what is there already is reopened when it had been released. Returns how many are new. */
export async function quarantineUsage(ctx: TenantContext, batchId: string, rows: readonly NewQuarantine[]): Promise<number> {
  if (rows.length === 0) return 0
  const column = (pick: (row: NewQuarantine) => string | null) => sqlArray(rows, pick)
  return ctx.db.$executeRaw`
    insert into usage_quarantine (tenant_id, id, batch_id, state, created_at, source_key, reason, detail, raw_usage_id, usage_record_id, window_start, payload)
    select ${ctx.tenantId}::uuid, q.id, ${batchId}::uuid, 'open', ${ctx.now}, q.source_key, q.reason, q.detail, q.raw_usage_id, q.usage_record_id,
      q.window_start, q.payload
    from unnest(
      ${column(() => newId())}::uuid[], ${column((r) => r.sourceKey)}::text[], ${column((r) => r.reason)}::text[],
      ${column((r) => r.detail)}::text[], ${column((r) => r.rawUsageId)}::uuid[], ${column((r) => r.usageRecordId)}::uuid[],
      ${column((r) => r.windowStart.toISOString())}::timestamptz[], ${column((r) => JSON.stringify(r.payload))}::jsonb[]
    ) as q (id, source_key, reason, detail, raw_usage_id, usage_record_id, window_start, payload)
    on conflict (tenant_id, source_key) do update set state = 'open', reason = excluded.reason, detail = excluded.detail, resolved_at = null
      where usage_quarantine.state = 'released'`
}

/** How many records of the batch are set aside for each reason, the most frequent first. */
export async function countQuarantineReasons(ctx: TenantContext, batchId: string): Promise<{ reason: string; count: number }[]> {
  return ctx.db.$queryRaw<{ reason: string; count: number }[]>`
    select reason, count(*)::int as count from usage_quarantine
    where tenant_id = ${ctx.tenantId}::uuid and batch_id = ${batchId}::uuid and state <> 'released'
    group by reason order by count desc, reason`
}

export type SettledQuarantine = { readonly id: string; readonly batchId: string; readonly sourceKey: string }

/**
 * Settles what is set aside under `ids`: `released` opens the way for it to be judged and rated again, `dismissed` keeps it out for
 * good. What is settled already stays as it is and is not returned.
 */
export async function settleOpenQuarantine(
  ctx: TenantContext,
  state: 'released' | 'dismissed',
  ids: readonly string[],
): Promise<SettledQuarantine[]> {
  return ctx.db.$queryRaw<SettledQuarantine[]>`
    update usage_quarantine set state = ${state}, resolved_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and id = any (${ids}::uuid[]) and state = 'open'
    returning id, batch_id as "batchId", source_key as "sourceKey"`
}

/** What of a cloud waits for an owner, oldest first, at most 1000. */
export async function readUnmapped({ db, tenantId }: TenantContext, cloudRef: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select q.id from usage_quarantine q join usage_batches b on b.tenant_id = q.tenant_id and b.id = q.batch_id
    where q.tenant_id = ${tenantId}::uuid and q.state = 'open' and q.reason = 'unmapped-owner'
      and b.cloud_connection_id = ${cloudRef}::uuid
    order by q.id limit 1000`
  return rows.map(({ id }) => id)
}
