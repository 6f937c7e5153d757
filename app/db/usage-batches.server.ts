import type { TenantContext } from './context.server.ts'
import { newId } from './ids.server.ts'

export type BatchCounts = {
  readonly received: number
  readonly accepted: number
  readonly duplicates: number
  readonly conflicts: number
  readonly dropped: number
  readonly quarantined: number
}

export type BatchState = 'receiving' | 'received' | 'mediated' | 'rated'

export type UsageBatch = { readonly id: string; readonly state: BatchState; readonly cloudConnectionId: string | null }

export const noCounts: BatchCounts = { received: 0, accepted: 0, duplicates: 0, conflicts: 0, dropped: 0, quarantined: 0 }

/** The batch of `sourceKey`, opened now unless an earlier try did: a repeat goes on with the same batch. */
export async function openUsageBatch(ctx: TenantContext, sourceKey: string, cloudConnectionId: string | null): Promise<UsageBatch> {
  await ctx.db.$executeRaw`
    insert into usage_batches (tenant_id, id, cloud_connection_id, source_key, state, started_at)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${cloudConnectionId}::uuid, ${sourceKey}, 'receiving', ${ctx.now})
    on conflict (tenant_id, source_key) do nothing`
  const [batch] = await ctx.db.$queryRaw<UsageBatch[]>`
    select id, state, cloud_connection_id as "cloudConnectionId" from usage_batches
    where tenant_id = ${ctx.tenantId}::uuid and source_key = ${sourceKey}`
  return batch as UsageBatch
}

/** The batch by its id; undefined when the tenant has none such. */
export async function readUsageBatch(ctx: TenantContext, id: string): Promise<UsageBatch | undefined> {
  const [batch] = await ctx.db.$queryRaw<UsageBatch[]>`
    select id, state, cloud_connection_id as "cloudConnectionId" from usage_batches
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
  return batch
}

/** Adds `counts` to what the batch has counted so far. */
export async function addToBatch(ctx: TenantContext, id: string, counts: Partial<BatchCounts>): Promise<void> {
  const c = { ...noCounts, ...counts }
  await ctx.db.$executeRaw`
    update usage_batches
    set received = received + ${c.received}, accepted = accepted + ${c.accepted}, duplicates = duplicates + ${c.duplicates},
        conflicts = conflicts + ${c.conflicts}, dropped = dropped + ${c.dropped}, quarantined = quarantined + ${c.quarantined}
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
