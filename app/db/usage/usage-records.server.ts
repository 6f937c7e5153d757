import type { MediatedUsage } from '#app/domain/usage/mediate.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** Usage on its way in, measured here or handed down. */
export type NewUsageRecord = Pick<
  MediatedUsage,
  'meter' | 'unit' | 'quantity' | 'window' | 'resourceRef' | 'resourceName' | 'dimensions'
> & {
  readonly sourceKey: string
  readonly accountId: string
  readonly subscriptionId: string | null
  readonly productId: string | null
  readonly resourceId: string | null
  readonly rawUsageId: string | null
  readonly sourceTenantId: string | null
  readonly sourceUsageId: string | null
  readonly supersedesId: string | null
  readonly cloudOwner: object
}

/** Saves usage in one statement; what is there under its source key stays as it is. Returns how many are new. */
export async function insertUsageRecords(
  ctx: TenantContext,
  batch: { readonly id: string; readonly cloudRef: string },
  records: readonly NewUsageRecord[],
): Promise<number> {
  if (records.length === 0) return 0
  const text = (pick: (record: NewUsageRecord) => string | null) => sqlArray(records, pick)
  return ctx.db.$executeRaw`
    insert into usage_records (tenant_id, batch_id, cloud_ref, created_at, id, account_id, subscription_id, product_id, resource_id, raw_usage_id,
      source_key, source_tenant_id, source_usage_id, supersedes_id, meter, unit, quantity, window_start, window_end, resource_ref, resource_name,
      owner, dimensions)
    select ${ctx.tenantId}::uuid, ${batch.id}::uuid, ${batch.cloudRef}::uuid, ${ctx.now}, u.*
    from unnest(
      ${text(() => newId())}::uuid[], ${text((r) => r.accountId)}::uuid[], ${text((r) => r.subscriptionId)}::uuid[],
      ${text((r) => r.productId)}::uuid[], ${text((r) => r.resourceId)}::uuid[], ${text((r) => r.rawUsageId)}::uuid[], ${text((r) => r.sourceKey)}::text[],
      ${text((r) => r.sourceTenantId)}::uuid[], ${text((r) => r.sourceUsageId)}::uuid[], ${text((r) => r.supersedesId)}::uuid[],
      ${text((r) => r.meter)}::text[], ${text((r) => r.unit)}::text[], ${text((r) => r.quantity.toFixed(12))}::numeric[],
      ${text((r) => r.window.start.toISOString())}::timestamptz[], ${text((r) => r.window.end.toISOString())}::timestamptz[],
      ${text((r) => r.resourceRef)}::text[], ${text((r) => r.resourceName)}::text[], ${text((r) => JSON.stringify(r.cloudOwner))}::jsonb[],
      ${text((r) => JSON.stringify(r.dimensions))}::jsonb[]
    ) as u
    on conflict (tenant_id, source_key) do nothing`
}
