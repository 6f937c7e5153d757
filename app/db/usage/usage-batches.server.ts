import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

export type ReceivedCounts = { readonly received: number; readonly duplicates: number; readonly conflicts: number }

export type BatchState = 'receiving' | 'received' | 'mediated' | 'rated'

export type UsageBatch = {
  readonly id: string
  /** Names the delivery. */
  readonly sourceKey: string
  readonly state: BatchState
  /** Null for usage a parent handed down. */
  readonly cloudConnectionId: string | null
}

/** The batch of `sourceKey`, opened now unless an earlier try did: a repeat goes on with the same batch. */
export async function openUsageBatch(ctx: TenantContext, sourceKey: string, cloudConnectionId: string | null): Promise<UsageBatch> {
  await ctx.db.$executeRaw`
    insert into usage_batches (tenant_id, id, cloud_connection_id, source_key, state, started_at)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${cloudConnectionId}::uuid, ${sourceKey}, 'receiving', ${ctx.now})
    on conflict (tenant_id, source_key) do nothing`
  const [batch] = await ctx.db.$queryRaw<UsageBatch[]>`
    select id, source_key as "sourceKey", state, cloud_connection_id as "cloudConnectionId" from usage_batches
    where tenant_id = ${ctx.tenantId}::uuid and source_key = ${sourceKey}`
  return batch as UsageBatch
}

/** The batches among `ids` that the tenant has. */
export async function readUsageBatches(ctx: TenantContext, ids: readonly string[]): Promise<UsageBatch[]> {
  return ctx.db.$queryRaw<UsageBatch[]>`
    select id, source_key as "sourceKey", state, cloud_connection_id as "cloudConnectionId" from usage_batches
    where tenant_id = ${ctx.tenantId}::uuid and id = any (${ids}::uuid[])
    order by id`
}

/** Adds what one page brought to what the batch has counted so far. */
export async function addToBatch(ctx: TenantContext, id: string, { received, duplicates, conflicts }: ReceivedCounts): Promise<void> {
  await ctx.db.$executeRaw`
    update usage_batches
    set received = received + ${received}, duplicates = duplicates + ${duplicates}, conflicts = conflicts + ${conflicts}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
}

const order = ['receiving', 'received', 'mediated', 'rated'] as const

/** Moves the batch forward to `state`; a batch that is there or further already stays where it is. */
export async function advanceBatch(ctx: TenantContext, id: string, state: BatchState): Promise<void> {
  const before = order.slice(0, order.indexOf(state))
  await ctx.db.$executeRaw`
    update usage_batches set state = ${state}, finished_at = case when ${state} = 'rated' then ${ctx.now}::timestamptz end
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and state = any (${before}::text[])`
}

/**
 * Ends deliveries of the same cloud that broke off: what they brought is known, so that no later delivery brings it again.
 * Returns the batches, which somebody must now judge.
 */
export async function takeOverBrokenBatches(ctx: TenantContext, batch: { id: string; cloudConnectionId: string }): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    update usage_batches set state = 'received'
    where tenant_id = ${ctx.tenantId}::uuid and cloud_connection_id = ${batch.cloudConnectionId}::uuid and state = 'receiving'
      and id <> ${batch.id}::uuid
    returning id`
  return rows.map((row) => row.id)
}

/** One writer of a cloud's usage at a time: what is known of a fact, or of a resource's hours, holds until this transaction ends. */
export async function lockCloud(ctx: TenantContext, cloudConnectionId: string): Promise<void> {
  await ctx.db.$executeRaw`
    select id from cloud_connections where tenant_id = ${ctx.tenantId}::uuid and id = ${cloudConnectionId}::uuid for no key update`
}

export type BatchCounts = { readonly accepted: number; readonly quarantined: number; readonly dropped: number }

/**
 * Counts what became of the records the batch kept: accepted, set aside (refused by rating included) and dropped add up to
 * them. A handed-down batch keeps what is accepted or set aside; nothing of it is dropped.
 */
export async function settleBatchCounts(ctx: TenantContext, batchId: string): Promise<BatchCounts> {
  const [counts] = await ctx.db.$queryRaw<BatchCounts[]>`
    with of_batch as (select ${ctx.tenantId}::uuid as tenant_id, ${batchId}::uuid as batch_id),
    counted as (
      select
        (select count(*) from raw_usage r where (r.tenant_id, r.batch_id) = (b.tenant_id, b.batch_id)) as stored,
        (select count(*) from usage_records u where (u.tenant_id, u.batch_id) = (b.tenant_id, b.batch_id)
           and (u.raw_usage_id is not null or u.source_usage_id is not null)) as usage,
        (select count(*) from usage_quarantine q where (q.tenant_id, q.batch_id) = (b.tenant_id, b.batch_id)
           and q.state <> 'released' and q.usage_record_id is null) as unjudgeable,
        (select count(*) from usage_quarantine q where (q.tenant_id, q.batch_id) = (b.tenant_id, b.batch_id)
           and q.state <> 'released' and q.usage_record_id is not null) as unrated
      from of_batch b
    )
    update usage_batches b
    set accepted = c.usage - c.unrated, quarantined = c.unjudgeable + c.unrated,
        dropped = case when b.cloud_connection_id is null then 0 else c.stored - c.usage - c.unjudgeable end,
        received = case when b.cloud_connection_id is null then c.usage + c.unjudgeable else b.received end
    from counted c
    where b.tenant_id = ${ctx.tenantId}::uuid and b.id = ${batchId}::uuid
    returning b.accepted, b.quarantined, b.dropped`
  return counts as BatchCounts
}
