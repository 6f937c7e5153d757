import type { TenantContext } from './context.server.ts'
import { newId } from './ids.server.ts'

/** A cloud record on its way in; `quantity` is decimal text or undefined where the cloud sent none that can be read. */
export type IncomingRawUsage = {
  readonly contentKey: string
  readonly usageType: string
  readonly quantity: string | undefined
  readonly windowStart: Date
  readonly windowEnd: Date
  readonly resourceRef: string | undefined
  readonly resourceName: string | undefined
  readonly owner: object
  readonly dimensions: object
  readonly payload: unknown
  readonly problem?: string
}

export type StoredCounts = { readonly stored: number; readonly conflicts: number }

/**
 * Keeps `records` verbatim under their content key. The same key with the same quantity is the same fact and is not kept
 * again; with another quantity it is a further revision of it, a conflict. One statement, whatever the number of records.
 */
export async function storeRawUsage(
  ctx: TenantContext,
  batch: { readonly id: string; readonly cloudConnectionId: string },
  records: readonly IncomingRawUsage[],
): Promise<StoredCounts> {
  if (records.length === 0) return { stored: 0, conflicts: 0 }
  for (const month of monthsOf(records)) await ctx.db.$executeRaw`select ensure_raw_usage_partition(${month}::date)::text`

  const rows = distinct(records)
  const column = <T>(pick: (row: (typeof rows)[number]) => T) => rows.map(pick)
  const inserted = await ctx.db.$queryRaw<{ revision: number }[]>`
    insert into raw_usage (tenant_id, id, cloud_connection_id, batch_id, received_at, content_key, revision, usage_type, quantity,
      window_start, window_end, resource_ref, resource_name, owner, dimensions, payload, problem)
    select ${ctx.tenantId}::uuid, i.id, ${batch.cloudConnectionId}::uuid, ${batch.id}::uuid, ${ctx.now}, i.content_key,
      coalesce(known.revision, 0) + i.ordinal, i.usage_type, i.quantity, i.window_start, i.window_end, i.resource_ref, i.resource_name,
      i.owner::jsonb, i.dimensions::jsonb, i.payload::jsonb, i.problem
    from unnest(
      ${column(() => newId())}::uuid[], ${column((r) => r.record.contentKey)}::text[], ${column((r) => r.ordinal)}::int[],
      ${column((r) => r.record.usageType)}::text[], ${column((r) => r.quantity)}::numeric(38, 12)[],
      ${column((r) => r.record.windowStart.toISOString())}::timestamptz[], ${column((r) => r.record.windowEnd.toISOString())}::timestamptz[],
      ${column((r) => r.record.resourceRef ?? null)}::text[], ${column((r) => r.record.resourceName ?? null)}::text[],
      ${column((r) => JSON.stringify(r.record.owner))}::text[], ${column((r) => JSON.stringify(r.record.dimensions))}::text[],
      ${column((r) => JSON.stringify(r.record.payload))}::text[], ${column((r) => r.problem)}::text[]
    ) as i (id, content_key, ordinal, usage_type, quantity, window_start, window_end, resource_ref, resource_name, owner, dimensions, payload, problem)
    left join lateral (
      select max(k.revision) as revision, bool_or(k.quantity is not distinct from i.quantity) as same
      from raw_usage k
      where k.tenant_id = ${ctx.tenantId}::uuid and k.cloud_connection_id = ${batch.cloudConnectionId}::uuid
        and k.content_key = i.content_key and k.window_start = i.window_start
    ) as known on true
    where not coalesce(known.same, false)
    on conflict do nothing
    returning revision`
  return { stored: inserted.length, conflicts: inserted.filter((row) => row.revision > 1).length }
}

type Row = { readonly record: IncomingRawUsage; readonly ordinal: number; readonly quantity: string | null; readonly problem: string | null }

/** Each fact of the page once: per content key one row for each different quantity, in the order they came. */
function distinct(records: readonly IncomingRawUsage[]): Row[] {
  const quantities = new Map<string, Set<string | null>>()
  const rows: Row[] = []
  for (const record of records) {
    const quantity = storableQuantity(record.quantity)
    const seen = quantities.get(record.contentKey) ?? new Set()
    if (seen.has(quantity)) continue
    quantities.set(record.contentKey, seen.add(quantity))
    const problem = record.problem ?? (quantity === null ? 'unreadable-quantity' : null)
    rows.push({ record, ordinal: seen.size, quantity, problem })
  }
  return rows
}

/** Decimal text that NUMERIC(38,12) can hold, else null: the payload keeps what was sent. */
function storableQuantity(text: string | undefined): string | null {
  return text !== undefined && /^-?\d{1,26}(\.\d{1,30})?$/.test(text) ? text : null
}

function monthsOf(records: readonly IncomingRawUsage[]): string[] {
  return [...new Set(records.map((record) => `${record.windowStart.toISOString().slice(0, 7)}-01`))]
}
