import type pg from 'pg'
import { inTenant } from '#app/db/context.server.ts'
import { openUsageBatch } from '#app/db/usage/usage-batches.server.ts'
import { meters } from '#app/domain/usage/meters.ts'
import { type Company, customers, type Level } from './company.ts'

/** One batch of usage at each level. */
export type PlantedUsage = { readonly provider: string; readonly reseller: string }

/**
 * `records` usage records at the provider, and the same at the reseller as if they had been handed down: from 1 June on, hour by
 * hour, customer by customer, three servers each, 31 kinds of usage a server and hour. Written by the server itself.
 */
export async function plantUsage(admin: pg.Client, company: Company, records: number): Promise<PlantedUsage> {
  const { provider, reseller, cloudRef } = company
  const planted = {
    provider: await openBatch(provider, `bench:${records}`, cloudRef),
    reseller: await openBatch(reseller, `from:${provider.tenantId}:${records}`, null),
  }
  // The planted rows fit together by the way they are made: looking every reference up would take longer than the rating.
  await admin.query("set session_replication_role = 'replica'")
  await plant(admin, { level: provider, batchId: planted.provider, cloudRef, sourceTenantId: null, records })
  await plant(admin, { level: reseller, batchId: planted.reseller, cloudRef, sourceTenantId: provider.tenantId, records })
  await admin.query('reset session_replication_role')
  await admin.query('vacuum (analyze) usage_records')
  await admin.query('analyze')
  return planted
}

/** Usage of the provider alone. */
export async function plantToHandDown(admin: pg.Client, { provider, cloudRef }: Company, records: number): Promise<string> {
  const batchId = await openBatch(provider, 'bench:hand-down', cloudRef)
  await plant(admin, { level: provider, batchId, cloudRef, sourceTenantId: null, records })
  await admin.query('analyze')
  return batchId
}

function openBatch({ tenantId }: Level, sourceKey: string, cloudRef: string | null): Promise<string> {
  return inTenant(tenantId, async (ctx) => (await openUsageBatch(ctx, sourceKey, cloudRef)).id)
}

/** Removes all usage with its charges and counters. */
export async function clearUsage(admin: pg.Client): Promise<void> {
  await admin.query('truncate usage_records, usage_quarantine, usage_counters, charges, usage_batches, outbox cascade')
}

/** Meter, unit and size of the quantity, one kind a line: all meters, and running and volume again with other dimensions. */
const kinds = [
  ...Object.values(meters).map(({ code, unit }) => ({
    code,
    unit,
    size: unit === 'request' ? 40_000 : unit === 'hour' ? 1 : 7,
    zone: 'fra-1',
    class: 'hdd',
  })),
  { code: 'server.running', unit: 'hour', size: 1, zone: 'fra-2', class: 'hdd' },
  { code: 'volume', unit: 'GiB-hour', size: 40, zone: 'fra-1', class: 'ssd' },
]
const servers = 3

type Planting = {
  readonly level: Level
  readonly batchId: string
  readonly cloudRef: string
  readonly sourceTenantId: string | null
  readonly records: number
}

async function plant(admin: pg.Client, { level, batchId, cloudRef, sourceTenantId, records }: Planting): Promise<void> {
  const kindOf = `n % ${kinds.length}`
  const serverOf = `(n / ${kinds.length}) % ${servers}`
  const customerOf = `(n / ${kinds.length * servers}) % ${customers}`
  const hourOf = `n / ${kinds.length * servers * customers}`
  await admin.query(
    `insert into usage_records (tenant_id, id, account_id, batch_id, cloud_ref, source_key, source_tenant_id, source_usage_id, meter, unit,
       quantity, window_start, window_end, resource_ref, resource_name, subscription_id, owner, dimensions, created_at)
     select $1, id, b.account_id, $2, $3, coalesce($4 || ':', 'bench:') || id, $4::uuid, case when $4 is null then null else id end, k.code, k.unit,
       round((0.2 + (n::bigint * 7919 % 999983) / 1000000.0) * k.size, 9), start, start + interval '1 hour',
       'server-' || customer || '-' || server, 'shop-' || server, b.subscription_id,
       jsonb_build_object('accountId', 'acc-' || customer), k.dimensions, '2026-07-02T00:00:00Z'
     from (
       select n, ('0197a000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id, ${kindOf} as kind, ${serverOf} as server, ${customerOf} as customer,
         timestamptz '2026-06-01T00:00:00Z' + ${hourOf} * interval '1 hour' as start
       from generate_series(0, $5::int - 1) n
     ) u
     join unnest($6::uuid[], $7::uuid[]) with ordinality b (account_id, subscription_id, number) on b.number = customer % $8 + 1
     join unnest($9::text[], $10::text[], $11::numeric[], $12::jsonb[]) with ordinality k (code, unit, size, dimensions, number) on k.number = kind + 1
     order by n`,
    [
      level.tenantId,
      batchId,
      cloudRef,
      sourceTenantId,
      records,
      level.buyers.map((buyer) => buyer.accountId),
      level.buyers.map((buyer) => buyer.subscriptionId),
      level.buyers.length,
      kinds.map((kind) => kind.code),
      kinds.map((kind) => kind.unit),
      kinds.map((kind) => kind.size),
      kinds.map((kind) => JSON.stringify({ zone: kind.zone, class: kind.class, offering: 'M' })),
    ],
  )
}
