import { Decimal } from '#app/domain/money/decimal.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'
import { lockCloud } from './usage-batches.server.ts'

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
 * What a column cannot hold is left out and the record marked with a problem; its payload has it still.
 */
export async function storeRawUsage(
  ctx: TenantContext,
  batch: { readonly id: string; readonly cloudConnectionId: string },
  records: readonly IncomingRawUsage[],
): Promise<StoredCounts> {
  if (records.length === 0) return { stored: 0, conflicts: 0 }
  const rows = distinct(records)
  await lockCloud(ctx, batch.cloudConnectionId)
  await ctx.db.$executeRaw`select ensure_raw_usage_partition(m.first_day)::text from unnest(${monthsOf(rows)}::date[]) as m (first_day)`

  const column = (pick: (row: Row) => string | null) => sqlArray(rows, pick)
  const inserted = await ctx.db.$queryRaw<{ revision: number }[]>`
    insert into raw_usage (tenant_id, id, cloud_connection_id, batch_id, received_at, content_key, revision, usage_type, quantity,
      window_start, window_end, resource_ref, resource_name, owner, dimensions, payload, problem)
    select ${ctx.tenantId}::uuid, i.id, ${batch.cloudConnectionId}::uuid, ${batch.id}::uuid, ${ctx.now}, i.content_key,
      coalesce(known.revision, 0) + i.ordinal, i.usage_type, i.quantity, i.window_start, i.window_end, i.resource_ref, i.resource_name,
      i.owner, i.dimensions, i.payload, i.problem
    from unnest(
      ${column(() => newId())}::uuid[], ${column((r) => r.record.contentKey)}::text[], ${column((r) => String(r.ordinal))}::int[],
      ${column((r) => r.record.usageType)}::text[], ${column((r) => r.quantity)}::numeric(38, 12)[],
      ${column((r) => r.windowStart)}::timestamptz[], ${column((r) => r.windowEnd)}::timestamptz[],
      ${column((r) => r.resourceRef)}::text[], ${column((r) => r.record.resourceName ?? null)}::text[],
      ${column((r) => JSON.stringify(r.record.owner))}::jsonb[], ${column((r) => JSON.stringify(r.record.dimensions))}::jsonb[],
      ${column((r) => JSON.stringify(r.record.payload))}::jsonb[], ${column((r) => r.problem)}::text[]
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

type Row = {
  readonly record: IncomingRawUsage
  readonly ordinal: number
  readonly quantity: string | null
  readonly windowStart: string
  readonly windowEnd: string
  readonly resourceRef: string | null
  readonly problem: string | null
}

/** Each fact of the page once: per content key one row for each different quantity, in the order they came. */
function distinct(records: readonly IncomingRawUsage[]): Row[] {
  const quantities = new Map<string, Set<string | null>>()
  const rows: Row[] = []
  for (const record of records) {
    const quantity = storableQuantity(record.quantity)
    const seen = quantities.get(record.contentKey) ?? new Set()
    if (seen.has(quantity)) continue
    quantities.set(record.contentKey, seen.add(quantity))
    rows.push({ record, ordinal: seen.size, quantity, ...storableFacts(record, quantity) })
  }
  return rows
}

const longestRef = 500
/** There are partitions from here on, and none from there on. */
const earliest = Date.UTC(2000, 0, 1)
const latest = Date.UTC(2100, 0, 1)

/** A window outside every partition is kept at their very beginning, where no period is billed; a reversed one without length. */
function storableFacts(
  record: IncomingRawUsage,
  quantity: string | null,
): Pick<Row, 'windowStart' | 'windowEnd' | 'resourceRef' | 'problem'> {
  const [from, to] = [record.windowStart.getTime(), record.windowEnd.getTime()]
  const hasWindow = from >= earliest && from < latest && !Number.isNaN(to)
  const start = hasWindow ? from : earliest
  const end = hasWindow ? Math.min(Math.max(from, to), latest) : earliest
  const hasRef = (record.resourceRef?.length ?? 0) <= longestRef
  const found = [hasRef ? null : 'malformed-record', hasWindow ? null : 'unreadable-date', quantity === null ? 'unreadable-quantity' : null]
  return {
    windowStart: new Date(start).toISOString(),
    windowEnd: new Date(end).toISOString(),
    resourceRef: hasRef ? (record.resourceRef ?? null) : null,
    problem: record.problem ?? found.find((problem) => problem !== null) ?? null,
  }
}

const greatest = new Decimal('1e26')

/** The quantity with the 12 decimals that are kept, in one form for one value; null for what NUMERIC(38,12) cannot hold. */
function storableQuantity(text: string | undefined): string | null {
  if (text === undefined || !/^-?\d{1,26}(\.\d{1,30})?$/.test(text)) return null
  if (/^-?[1-9]\d{0,11}$/.test(text)) return text
  const quantity = new Decimal(text).toDecimalPlaces(12)
  return quantity.abs().lt(greatest) ? quantity.toFixed() : null
}

function monthsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.map((row) => `${row.windowStart.slice(0, 7)}-01`))]
}
