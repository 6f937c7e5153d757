import { Decimal } from '#app/domain/money/decimal.ts'
import type { OwnerMapping } from '#app/domain/usage/attribute-owner.ts'
import type { MediatedUsage } from '#app/domain/usage/mediate.ts'
import type { MediationInput } from '#app/domain/usage/mediation-input.ts'
import type { OccupiedHours } from '#app/domain/usage/occupancy.ts'
import type { TenantContext } from './context.server.ts'
import { sqlArray } from './sql-array.server.ts'

/** Usage that was accepted before under the same content key, and the reported quantity it came from. */
export type KnownUsage = {
  readonly id: string
  readonly reported: Decimal
  readonly accountId: string
  readonly subscriptionId: string | null
  readonly productId: string | null
  readonly resourceId: string | null
  readonly meter: MediatedUsage['meter']
  readonly unit: MediatedUsage['unit']
}

/** A raw record nobody has judged yet, with what was accepted before of the same fact. */
export type UnjudgedRaw = MediationInput & { readonly id: string; readonly revision: number; readonly known: KnownUsage | null }

type RawRow = Omit<UnjudgedRaw, 'quantity' | 'known' | 'resourceRef' | 'resourceName' | 'problem'> & {
  quantity: string | null
  known: (Omit<KnownUsage, 'reported'> & { reported: string }) | null
  resourceRef: string | null
  resourceName: string | null
  problem: MediationInput['problem'] | null
}

/** The next `limit` raw records of the batch after `afterId` that are neither usage nor in quarantine, in order of id. */
export async function readUnjudgedRaw(ctx: TenantContext, batchId: string, afterId: string, limit: number): Promise<UnjudgedRaw[]> {
  const rows = await ctx.db.$queryRaw<RawRow[]>`
    select r.id, r.revision, r.content_key as "contentKey", r.usage_type as "usageType", trim_scale(r.quantity)::text as quantity,
      r.window_start as "windowStart", r.window_end as "windowEnd", r.resource_ref as "resourceRef", r.resource_name as "resourceName",
      r.owner, r.dimensions, r.problem, known.usage as known
    from raw_usage r
    left join lateral (
      select jsonb_build_object('id', u.id, 'reported', k.quantity::text, 'accountId', u.account_id, 'subscriptionId', u.subscription_id,
        'productId', u.product_id, 'resourceId', u.resource_id, 'meter', u.meter, 'unit', u.unit) as usage
      from raw_usage k
      join usage_records u on u.tenant_id = k.tenant_id and u.raw_usage_id = k.id and u.window_start = k.window_start
      where k.tenant_id = r.tenant_id and k.cloud_connection_id = r.cloud_connection_id and k.content_key = r.content_key
        and k.window_start = r.window_start and k.revision <> r.revision
      order by k.quantity desc limit 1
    ) known on true
    where r.tenant_id = ${ctx.tenantId}::uuid and r.batch_id = ${batchId}::uuid and r.id > ${afterId}::uuid
      and not exists (select 1 from usage_records u where u.tenant_id = r.tenant_id and u.raw_usage_id = r.id and u.window_start = r.window_start)
      and not exists (
        select 1 from usage_quarantine q
        where q.tenant_id = r.tenant_id and q.source_key = 'raw:' || r.content_key || ':' || r.revision and q.state <> 'released')
    order by r.id
    limit ${limit}`
  return rows.map(({ quantity, resourceRef, resourceName, problem, known, ...row }) => ({
    ...row,
    quantity: quantity ?? undefined,
    resourceRef: resourceRef ?? undefined,
    resourceName: resourceName ?? undefined,
    ...(problem ? { problem } : {}),
    known: known && { ...known, reported: new Decimal(known.reported) },
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

/** The tenant's mappings of the cloud's domains, and of those projects and accounts that are among `refs`, to its own accounts. */
export async function readOwnerMappings(ctx: TenantContext, cloudRef: string, refs: readonly string[]): Promise<OwnerMapping[]> {
  const rows = await ctx.db.$queryRaw<{ kind: OwnerMapping['kind']; ref: string; accountId: string }[]>`
    select m.external_kind as kind, m.external_id as ref, m.account_id as "accountId"
    from cloud_mappings m
    where m.tenant_id = ${ctx.tenantId}::uuid and m.cloud_ref = ${cloudRef}::uuid
      and (m.external_kind = 'domain' or m.external_id = any (${refs}::text[]))`
  return rows.map(({ kind, ref, accountId }) => ({ kind, ref, owner: { accountId, subscriptionId: null } }))
}

export type OccupiedQuestion = { readonly ref: string; readonly start: Date; readonly end: Date }

const longestWindow = '32 days'

/** Hours accepted before that overlap any of `questions`, for meters of which a resource has one at a time. */
export async function readOccupiedHours(ctx: TenantContext, cloudRef: string, questions: readonly OccupiedQuestion[]): Promise<OccupiedHours[]> {
  if (questions.length === 0) return []
  const rows = await ctx.db.$queryRaw<(Omit<OccupiedHours, 'hours' | 'key'> & { meter: string; ref: string; hours: string })[]>`
    select distinct u.meter, u.resource_ref as ref, r.content_key as "contentKey", u.window_start as start, u.window_end as end,
      case u.unit when 'hour' then u.quantity else r.quantity end::text as hours
    from unnest(${sqlArray(questions, (q) => q.ref)}::text[], ${sqlArray(questions, (q) => q.start.toISOString())}::timestamptz[],
      ${sqlArray(questions, (q) => q.end.toISOString())}::timestamptz[]) as k (ref, start_at, end_at)
    join usage_records u on u.tenant_id = ${ctx.tenantId}::uuid and u.cloud_ref = ${cloudRef}::uuid and u.resource_ref = k.ref
      and u.window_start < k.end_at and u.window_start > k.start_at - ${longestWindow}::interval and u.window_end > k.start_at
    join raw_usage r on r.tenant_id = u.tenant_id and r.id = u.raw_usage_id and r.window_start = u.window_start
    where u.meter in ('server.running', 'server.allocated', 'address', 'volume')
      and not exists (select 1 from usage_records n where n.tenant_id = u.tenant_id and n.supersedes_id = u.id)`
  return rows.map(({ meter, ref, hours, ...row }) => ({ ...row, key: `${meter}|${ref}`, hours: new Decimal(hours) }))
}
