import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { type Bench, type Note, timed } from './rating-pipeline.ts'

/**
 * What PostgreSQL takes to insert the rows that the pipeline wrote (usage and charges of both tenants) once more: set-based, into
 * the same tables, as the runtime role, with the same keys, indexes, policies and order of ids. Rolled back, not committed.
 */
export async function insertSelect({ provider, reseller, records }: Bench, note: Note): Promise<{ seconds: number }> {
  let seconds = 0
  for (const { tenantId } of [provider, reseller]) {
    const copied = await copyAndForget(tenantId)
    note(`insert … select of ${copied.rows} rows: ${copied.seconds.toFixed(2)} s`)
    if (copied.rows < records * 2) throw new Error(`the pipeline wrote ${copied.rows} rows for ${records} records`)
    seconds += copied.seconds
  }
  return { seconds }
}

/** Carries the figures out of a transaction that is rolled back. */
class Forgotten extends Error {
  constructor(readonly figures: { seconds: number; rows: number }) {
    super('rolled back')
  }
}

async function copyAndForget(tenantId: string): Promise<{ seconds: number; rows: number }> {
  try {
    await inTenant(tenantId, async (ctx) => {
      const { seconds, result } = await timed(() => copyRows(ctx))
      throw new Forgotten({ seconds, rows: result })
    })
  } catch (failure) {
    if (failure instanceof Forgotten) return failure.figures
    throw failure
  }
  throw new Error('the copy was not rolled back')
}

/** Ids of version 7 begin with 0 for centuries: with an f they are others in the same order. */
async function copyRows({ db, tenantId }: TenantContext): Promise<number> {
  const usage = await db.$executeRaw`
    insert into usage_records (tenant_id, batch_id, cloud_ref, created_at, id, account_id, subscription_id, product_id, resource_id, raw_usage_id,
      source_key, source_tenant_id, source_usage_id, supersedes_id, meter, unit, quantity, window_start, window_end, resource_ref, resource_name,
      owner, dimensions)
    select tenant_id, batch_id, cloud_ref, created_at, overlay(id::text placing 'f' from 1)::uuid, account_id, subscription_id, product_id,
      resource_id, raw_usage_id, source_key || ':copy', source_tenant_id, source_usage_id, supersedes_id, meter, unit, quantity, window_start,
      window_end, resource_ref, resource_name, owner, dimensions
    from usage_records where tenant_id = ${tenantId}::uuid
    on conflict (tenant_id, source_key) do nothing`
  const charges = await db.$executeRaw`
    insert into charges (tenant_id, created_at, id, account_id, payer_account_id, contract_id, subscription_id, product_id, usage_record_id,
      resource_id, resource_name, source_key, category, class, frequency, fee_kind, meter, unit, quantity, included_quantity,
      billed_quantity, unit_price, amount, currency, price_version_id, price_rule_id, reason, period_start, period_end, billing_period)
    select tenant_id, created_at, overlay(id::text placing 'f' from 1)::uuid, account_id, payer_account_id, contract_id, subscription_id,
      product_id, usage_record_id, resource_id, resource_name, source_key || ':copy', category, class, frequency, fee_kind, meter, unit,
      quantity, included_quantity, billed_quantity, unit_price, amount, currency, price_version_id, price_rule_id, reason, period_start,
      period_end, billing_period
    from charges where tenant_id = ${tenantId}::uuid`
  return usage + charges
}
