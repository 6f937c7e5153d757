import { Decimal } from '#app/domain/money/decimal.ts'
import type { OwnerMapping } from '#app/domain/usage/attribute-owner.ts'
import type { MediatedUsage } from '#app/domain/usage/mediate.ts'
import type { MediationInput } from '#app/domain/usage/mediation-input.ts'
import type { OccupiedHours } from '#app/domain/usage/occupancy.ts'
import type { TenantContext } from './context.server.ts'
import { newId } from './ids.server.ts'

/** A raw record nobody has judged yet, with what was accepted before under the same content key. */
export type UnjudgedRaw = MediationInput & {
  readonly id: string
  readonly revision: number
  readonly knownQuantity: Decimal | null
  readonly knownUsageId: string | null
}

type RawRow = Omit<UnjudgedRaw, 'quantity' | 'knownQuantity' | 'resourceRef' | 'resourceName' | 'problem'> & {
  quantity: string | null; knownQuantity: string | null; resourceRef: string | null; resourceName: string | null; problem: MediationInput['problem'] | null
}

/** The next `limit` raw records of the batch after `afterId` that are neither usage nor in quarantine, in order of id. */
export async function readUnjudgedRaw(ctx: TenantContext, batchId: string, afterId: string, limit: number): Promise<UnjudgedRaw[]> {
  const rows = await ctx.db.$queryRaw<RawRow[]>`
    select r.id, r.revision, r.content_key as "contentKey", r.usage_type as "usageType", trim_scale(r.quantity)::text as quantity,
      r.window_start as "windowStart", r.window_end as "windowEnd", r.resource_ref as "resourceRef", r.resource_name as "resourceName",
      r.owner, r.dimensions, r.problem, known.quantity::text as "knownQuantity", known.usage_id as "knownUsageId"
    from raw_usage r
    left join lateral (
      select k.quantity, u.id as usage_id
      from raw_usage k
      join usage_records u on u.tenant_id = k.tenant_id and u.raw_usage_id = k.id and u.window_start = k.window_start
      where r.revision > 1 and k.tenant_id = r.tenant_id and k.cloud_connection_id = r.cloud_connection_id
        and k.content_key = r.content_key and k.window_start = r.window_start and k.revision <> r.revision
      order by k.quantity desc limit 1
    ) known on true
    where r.tenant_id = ${ctx.tenantId}::uuid and r.batch_id = ${batchId}::uuid and r.id > ${afterId}::uuid
      and not exists (select 1 from usage_records u where u.tenant_id = r.tenant_id and u.raw_usage_id = r.id and u.window_start = r.window_start)
      and not exists (
        select 1 from usage_quarantine q
        where q.tenant_id = r.tenant_id and q.source_key = 'raw:' || r.content_key || ':' || r.revision and q.state <> 'released')
    order by r.id
    limit ${limit}`
  return rows.map(({ quantity, knownQuantity, resourceRef, resourceName, problem, ...row }) => ({
    ...row,
    quantity: quantity ?? undefined,
    resourceRef: resourceRef ?? undefined,
    resourceName: resourceName ?? undefined,
    ...(problem ? { problem } : {}),
    knownQuantity: knownQuantity === null ? null : new Decimal(knownQuantity),
  }))
}

/** A resource of the cloud as the tenant knows it. */
export type AttributedResource = {
  readonly id: string
  readonly ref: string
  readonly accountId: string
  readonly subscriptionId: string | null
  readonly productId: string | null
  readonly deletedAt: Date | null
}

/** The tenant's resources among `refs` in the cloud `cloudRef`. */
export async function readAttributedResources(ctx: TenantContext, cloudRef: string, refs: readonly string[]): Promise<AttributedResource[]> {
  return ctx.db.$queryRaw<AttributedResource[]>`
    select r.id, r.external_id as ref, r.account_id as "accountId", r.subscription_id as "subscriptionId", s.product_id as "productId",
      r.deleted_at as "deletedAt"
    from resources r left join subscriptions s on s.tenant_id = r.tenant_id and s.id = r.subscription_id
    where r.tenant_id = ${ctx.tenantId}::uuid and r.cloud_ref = ${cloudRef}::uuid and r.external_id = any (${refs}::text[])`
}

/** The tenant's mappings of the cloud's domains, accounts and projects to its own accounts. */
export async function readOwnerMappings(ctx: TenantContext, cloudRef: string): Promise<OwnerMapping[]> {
  const rows = await ctx.db.$queryRaw<{ kind: OwnerMapping['kind']; ref: string; accountId: string }[]>`
    select m.external_kind as kind, m.external_id as ref, m.account_id as "accountId"
    from cloud_mappings m
    where m.tenant_id = ${ctx.tenantId}::uuid and m.cloud_ref = ${cloudRef}::uuid`
  return rows.map(({ kind, ref, accountId }) => ({ kind, ref, owner: { accountId, subscriptionId: null } }))
}

export type OccupiedQuestion = { readonly ref: string; readonly start: Date; readonly end: Date }

const longestWindow = '32 days'

/** Hours accepted before that overlap any of `questions`, for meters of which a resource has one at a time. */
export async function readOccupiedHours(ctx: TenantContext, cloudRef: string, questions: readonly OccupiedQuestion[]): Promise<OccupiedHours[]> {
  if (questions.length === 0) return []
  const rows = await ctx.db.$queryRaw<(Omit<OccupiedHours, 'hours' | 'key'> & { meter: string; ref: string; hours: string })[]>`
    select distinct u.meter, u.resource_ref as ref, r.content_key as "contentKey", u.window_start as start, u.window_end as end, r.quantity::text as hours
    from unnest(${questions.map((q) => q.ref)}::text[], ${questions.map((q) => q.start.toISOString())}::timestamptz[],
      ${questions.map((q) => q.end.toISOString())}::timestamptz[]) as k (ref, start_at, end_at)
    join usage_records u on u.tenant_id = ${ctx.tenantId}::uuid and u.cloud_ref = ${cloudRef}::uuid and u.resource_ref = k.ref
      and u.window_start < k.end_at and u.window_start > k.start_at - ${longestWindow}::interval and u.window_end > k.start_at
    join raw_usage r on r.tenant_id = u.tenant_id and r.id = u.raw_usage_id and r.window_start = u.window_start
    where u.meter in ('server.running', 'server.allocated', 'address', 'volume')
      and not exists (select 1 from usage_records n where n.tenant_id = u.tenant_id and n.supersedes_id = u.id)`
  return rows.map(({ meter, ref, hours, ...row }) => ({ ...row, key: `${meter}|${ref}`, hours: new Decimal(hours) }))
}

/** Usage on its way in, measured here or handed down. */
export type NewUsageRecord = Pick<MediatedUsage, 'meter' | 'unit' | 'quantity' | 'window' | 'resourceRef' | 'resourceName' | 'dimensions'> & {
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
  const text = (pick: (record: NewUsageRecord) => string | null) => records.map(pick)
  return ctx.db.$executeRaw`
    insert into usage_records (tenant_id, batch_id, cloud_ref, created_at, id, account_id, subscription_id, product_id, resource_id, raw_usage_id,
      source_key, source_tenant_id, source_usage_id, supersedes_id, meter, unit, quantity, window_start, window_end, resource_ref, resource_name,
      owner, dimensions)
    select ${ctx.tenantId}::uuid, ${batch.id}::uuid, ${batch.cloudRef}::uuid, ${ctx.now}, u.*
    from unnest(
      ${records.map(() => newId())}::uuid[], ${text((r) => r.accountId)}::uuid[], ${text((r) => r.subscriptionId)}::uuid[],
      ${text((r) => r.productId)}::uuid[], ${text((r) => r.resourceId)}::uuid[], ${text((r) => r.rawUsageId)}::uuid[], ${text((r) => r.sourceKey)}::text[],
      ${text((r) => r.sourceTenantId)}::uuid[], ${text((r) => r.sourceUsageId)}::uuid[], ${text((r) => r.supersedesId)}::uuid[],
      ${text((r) => r.meter)}::text[], ${text((r) => r.unit)}::text[], ${text((r) => r.quantity.toFixed(12))}::numeric[],
      ${text((r) => r.window.start.toISOString())}::timestamptz[], ${text((r) => r.window.end.toISOString())}::timestamptz[],
      ${text((r) => r.resourceRef)}::text[], ${text((r) => r.resourceName)}::text[], ${text((r) => JSON.stringify(r.cloudOwner))}::jsonb[],
      ${text((r) => JSON.stringify(r.dimensions))}::jsonb[]
    ) as u
    on conflict (tenant_id, source_key) do nothing`
}

/** Counts what became of the batch's records; dropped is what is neither usage nor in quarantine. */
export async function settleBatchCounts(ctx: TenantContext, batchId: string): Promise<void> {
  await ctx.db.$executeRaw`
    with counted as (
      select
        (select count(*) from raw_usage r where r.tenant_id = ${ctx.tenantId}::uuid and r.batch_id = ${batchId}::uuid) as stored,
        (select count(*) from usage_records u where u.tenant_id = ${ctx.tenantId}::uuid and u.batch_id = ${batchId}::uuid) as accepted,
        (select count(*) from usage_quarantine q where q.tenant_id = ${ctx.tenantId}::uuid and q.batch_id = ${batchId}::uuid and q.state = 'open') as quarantined,
        (select count(*) from usage_quarantine q
         where q.tenant_id = ${ctx.tenantId}::uuid and q.batch_id = ${batchId}::uuid and q.raw_usage_id is not null and q.state <> 'released') as refused
    )
    update usage_batches b
    set accepted = c.accepted, quarantined = c.quarantined, dropped = greatest(c.stored - c.accepted - c.refused, 0)
    from counted c
    where b.tenant_id = ${ctx.tenantId}::uuid and b.id = ${batchId}::uuid`
}
