import { Decimal } from '#app/domain/money/decimal.ts'
import type { TenantContext } from '../context.server.ts'
import { inIndexOrder } from '../index-order.server.ts'
import type { UnratedUsage } from './usage-rating.server.ts'

export type StretchQuery = { readonly batchId: string; readonly afterId: string; readonly limit: number }

type Row = Omit<UnratedUsage, 'quantity' | 'windowStart' | 'windowEnd' | 'dimensions'> & {
  readonly quantity: string
  readonly startMs: number
  readonly endMs: number
  readonly dimensions: string
}

/**
 * The next `limit` records of the batch after `afterId` in order of id, rated or not. Usage is never updated, so that a stretch may be
 * read ahead, before its contracts are locked; what became of it meanwhile tells `readSettledUsage`.
 */
export async function readUsageStretch(ctx: TenantContext, { batchId, afterId, limit }: StretchQuery): Promise<UnratedUsage[]> {
  const rows = await inIndexOrder(
    ctx,
    () => ctx.db.$queryRaw<Row[]>`
    select id, account_id as "accountId", meter, unit, quantity::text as quantity, supersedes_id as "supersedesId",
      date_part('epoch', window_start) * 1000 as "startMs", date_part('epoch', window_end) * 1000 as "endMs",
      resource_id as "resourceId", resource_ref as "resourceRef", resource_name as "resourceName", subscription_id as "subscriptionId",
      dimensions::text as dimensions
    from usage_records
    where tenant_id = ${ctx.tenantId}::uuid and batch_id = ${batchId}::uuid and id > ${afterId}::uuid
    order by id limit ${limit}`,
  )
  const dimensionsOf = openDimensions()
  return rows.map(({ startMs, endMs, ...row }) => ({
    ...row,
    quantity: new Decimal(row.quantity),
    windowStart: new Date(Math.round(startMs)),
    windowEnd: new Date(Math.round(endMs)),
    dimensions: dimensionsOf(row.dimensions),
  }))
}

/** Thousands of records have the same few dimensions: each text is read once. */
function openDimensions(): (text: string) => Readonly<Record<string, string>> {
  const known = new Map<string, Readonly<Record<string, string>>>()
  return (text) => {
    const found = known.get(text)
    if (found) return found
    const made: Record<string, string> = JSON.parse(text)
    known.set(text, made)
    return made
  }
}

/**
 * Which of `usage`, records in order of id, are rated already, refused or replaced. Ask after their contracts are locked: then nobody
 * else rates them. Most often the range of their ids is free of all three, which takes one look at each index.
 */
export async function readSettledUsage(ctx: TenantContext, usage: readonly UnratedUsage[]): Promise<ReadonlySet<string>> {
  const [first, last] = [usage[0]?.id, usage.at(-1)?.id]
  const touched = await ctx.db.$queryRaw<unknown[]>`
    (select from charges
     where tenant_id = ${ctx.tenantId}::uuid and usage_record_id between ${first}::uuid and ${last}::uuid order by usage_record_id limit 1)
    union all
    (select from usage_quarantine
     where tenant_id = ${ctx.tenantId}::uuid and usage_record_id between ${first}::uuid and ${last}::uuid order by usage_record_id limit 1)
    union all
    (select from usage_records
     where tenant_id = ${ctx.tenantId}::uuid and supersedes_id between ${first}::uuid and ${last}::uuid order by supersedes_id limit 1)`
  if (touched.length === 0) return new Set()

  // A limit keeps every look-up one of its own, whatever the planner knows of the tables.
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select u.id
    from unnest(${usage.map((record) => record.id)}::uuid[]) as u (id)
    left join lateral (
      select true as found from charges c where c.tenant_id = ${ctx.tenantId}::uuid and c.usage_record_id = u.id limit 1
    ) rated on true
    left join lateral (
      select true as found from usage_quarantine q
      where q.tenant_id = ${ctx.tenantId}::uuid and q.usage_record_id = u.id and q.state <> 'released' limit 1
    ) refused on true
    left join lateral (
      select true as found from usage_records n where n.tenant_id = ${ctx.tenantId}::uuid and n.supersedes_id = u.id limit 1
    ) replaced on true
    where coalesce(rated.found, refused.found, replaced.found)`
  return new Set(rows.map((row) => row.id))
}
