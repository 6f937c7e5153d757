import { Decimal } from '#app/domain/money/decimal.ts'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import type { OwnerMapping } from '#app/domain/usage/attribute-owner.ts'
import type { MediatedUsage } from '#app/domain/usage/mediate.ts'
import type { MediationInput } from '#app/domain/usage/mediation-input.ts'
import type { OccupiedHours } from '#app/domain/usage/occupancy.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { sqlArray } from '../sql-array.server.ts'

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

/** Where the next `limit` raw records of the batch after `afterId` end, judged or not; undefined when none are left. */
export async function endOfRawStretch(ctx: TenantContext, batchId: string, afterId: string, limit: number): Promise<string | undefined> {
  const [last] = await ctx.db.$queryRaw<{ id: string }[]>`
    select s.id from (
      select id from raw_usage
      where tenant_id = ${ctx.tenantId}::uuid and batch_id = ${batchId}::uuid and id > ${afterId}::uuid
      order by id limit ${limit}
    ) s
    order by s.id desc limit 1`
  return last?.id
}

export type RawStretch = { readonly afterId: string; readonly lastId: string }

/**
 * The raw records of a stretch that are neither usage nor in quarantine, in order of id. The source key is made before it is
 * looked up: a condition that computes is checked after the row's policy and finds no index. `limit` and `offset` keep every
 * look-up one of its own: during a first import the planner knows nothing of the tables yet and would join them whole.
 */
export async function readUnjudgedRaw(ctx: TenantContext, batchId: string, { afterId, lastId }: RawStretch): Promise<UnjudgedRaw[]> {
  const rows = await ctx.db.$queryRaw<RawRow[]>`
    with stretch as materialized (
      select r.*, 'raw:' || r.content_key || ':' || r.revision as source_key from raw_usage r
      where r.tenant_id = ${ctx.tenantId}::uuid and r.batch_id = ${batchId}::uuid and r.id > ${afterId}::uuid and r.id <= ${lastId}::uuid
    )
    select ${rawColumns}
    from stretch r
    left join lateral (
      select true as found from usage_records u
      where u.tenant_id = r.tenant_id and u.raw_usage_id = r.id and u.window_start = r.window_start limit 1
    ) accepted on true
    left join lateral (
      select true as found from usage_quarantine q where q.tenant_id = r.tenant_id and q.source_key = r.source_key and q.state <> 'released' limit 1
    ) refused on true
    ${knownUsage}
    where accepted.found is null and refused.found is null
    order by r.id`
  return rows.map(toUnjudged)
}

/** A raw record that was set aside because it contradicts what is known of its fact. */
export type ContradictingRaw = UnjudgedRaw & {
  readonly quarantineId: string
  readonly batchId: string
  readonly cloudRef: string
  readonly billedServerMeter: 'running' | 'allocated'
}

/**
 * The reports behind those of `quarantineIds` that still wait and say less than what is known of their fact, latest first. They are
 * held, and so is every cloud they come from, until the transaction ends.
 */
export async function lockContradictingRaw(ctx: TenantContext, quarantineIds: readonly string[]): Promise<ContradictingRaw[]> {
  await ctx.db.$executeRaw`
    select c.id from cloud_connections c
    where c.tenant_id = ${ctx.tenantId}::uuid and c.id in (
      select b.cloud_connection_id from usage_quarantine q join usage_batches b on b.tenant_id = q.tenant_id and b.id = q.batch_id
      where q.tenant_id = ${ctx.tenantId}::uuid and q.id = any (${quarantineIds}::uuid[]))
    order by c.id for no key update`
  const rows = await ctx.db.$queryRaw<(RawRow & Omit<ContradictingRaw, keyof UnjudgedRaw>)[]>`
    select ${rawColumns}, q.id as "quarantineId", q.batch_id as "batchId", r.cloud_connection_id as "cloudRef",
      case s.billed_server_meter when 'allocated' then 'allocated' else 'running' end as "billedServerMeter"
    from usage_quarantine q
    join raw_usage r on r.tenant_id = q.tenant_id and r.id = q.raw_usage_id and r.window_start = q.window_start
    join cloud_connections s on s.tenant_id = r.tenant_id and s.id = r.cloud_connection_id
    ${knownUsage}
    where q.tenant_id = ${ctx.tenantId}::uuid and q.id = any (${quarantineIds}::uuid[]) and q.state = 'open'
      and q.reason = 'conflicting-quantity' and known.usage is not null
    order by r.revision desc, r.id`
  return rows.map(({ quarantineId, batchId, cloudRef, billedServerMeter, ...row }) => {
    return { ...toUnjudged(row), quarantineId, batchId, cloudRef, billedServerMeter }
  })
}

const rawColumns = Prisma.sql`r.id, r.revision, r.content_key as "contentKey", r.usage_type as "usageType",
  trim_scale(r.quantity)::text as quantity, r.window_start as "windowStart", r.window_end as "windowEnd", r.resource_ref as "resourceRef",
  r.resource_name as "resourceName", r.owner, r.dimensions, r.problem, known.usage as known`

/** What counts of the fact of a raw record `r`: accepted under the same content key, and not replaced since. */
const knownUsage = Prisma.sql`left join lateral (
  select jsonb_build_object('id', u.id, 'reported', k.quantity::text, 'accountId', u.account_id, 'subscriptionId', u.subscription_id,
    'productId', u.product_id, 'resourceId', u.resource_id, 'meter', u.meter, 'unit', u.unit) as usage
  from (
    select * from raw_usage k
    where k.tenant_id = r.tenant_id and k.cloud_connection_id = r.cloud_connection_id and k.content_key = r.content_key
      and k.window_start = r.window_start and k.revision <> r.revision
    offset 0
  ) k
  cross join lateral (
    select * from usage_records u where u.tenant_id = k.tenant_id and u.raw_usage_id = k.id and u.window_start = k.window_start limit 1
  ) u
  left join lateral (select true as found from usage_records n where n.tenant_id = u.tenant_id and n.supersedes_id = u.id limit 1) replaced on true
  where replaced.found is null
  order by k.quantity desc limit 1
) known on true`

function toUnjudged({ quantity, resourceRef, resourceName, problem, known, ...row }: RawRow): UnjudgedRaw {
  return {
    ...row,
    quantity: quantity ?? undefined,
    resourceRef: resourceRef ?? undefined,
    resourceName: resourceName ?? undefined,
    ...(problem ? { problem } : {}),
    known: known && { ...known, reported: new Decimal(known.reported) },
  }
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

/** The tenant's resources among `refs`: by their ids in the cloud `cloudRef`, or by their public ids wherever they run. */
export async function readAttributedResources(
  ctx: TenantContext,
  cloudRef: string,
  refs: readonly string[],
): Promise<AttributedResource[]> {
  const byPublicId = new Map(refs.flatMap((ref) => publicly(ref)))
  const rows = await ctx.db.$queryRaw<AttributedResource[]>`
    select r.id, r.external_id as ref, r.account_id as "accountId", r.subscription_id as "subscriptionId", s.product_id as "productId",
      r.deleted_at as "deletedAt"
    from resources r left join subscriptions s on s.tenant_id = r.tenant_id and s.id = r.subscription_id
    where r.tenant_id = ${ctx.tenantId}::uuid and r.cloud_ref = ${cloudRef}::uuid and r.external_id = any (${refs}::text[])
    union all
    select r.id, null, r.account_id, r.subscription_id, s.product_id, r.deleted_at
    from resources r left join subscriptions s on s.tenant_id = r.tenant_id and s.id = r.subscription_id
    where r.tenant_id = ${ctx.tenantId}::uuid and r.id = any (${[...byPublicId.keys()]}::uuid[])`
  return rows.map((row) => ({ ...row, ref: row.ref ?? byPublicId.get(row.id) ?? '' }))
}

function publicly(ref: string): [string, string][] {
  const id = fromPublicId('resource', ref)
  return id ? [[id, ref]] : []
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

/** Windows up to this many times as long are found: the day of an hour, the month of a day. */
const reach = 32

/**
 * Hours accepted before that overlap any of `questions`, for meters of which a resource has one at a time. How far back to
 * look follows from the window asked about: so a cloud that meters by the hour does not make each question read a month.
 * `offset 0` keeps one look at the index for each question: how narrow their spans are is nothing a planner can know.
 */
export async function readOccupiedHours(
  ctx: TenantContext,
  cloudRef: string,
  questions: readonly OccupiedQuestion[],
): Promise<OccupiedHours[]> {
  if (questions.length === 0) return []
  const column = (pick: (question: OccupiedQuestion) => string) => sqlArray(questions, pick)
  const earliestOf = ({ start, end }: OccupiedQuestion) =>
    new Date(start.getTime() - reach * (end.getTime() - start.getTime())).toISOString()
  const rows = await ctx.db.$queryRaw<(Omit<OccupiedHours, 'hours' | 'key'> & { meter: string; ref: string; hours: string })[]>`
    select distinct u.meter, u.resource_ref as ref, r.content_key as "contentKey", u.window_start as start, u.window_end as end,
      case u.unit when 'hour' then u.quantity else r.quantity end::text as hours
    from unnest(${column((q) => q.ref)}::text[], ${column(earliestOf)}::timestamptz[], ${column((q) => q.start.toISOString())}::timestamptz[],
      ${column((q) => q.end.toISOString())}::timestamptz[]) as k (ref, earliest, start_at, end_at)
    cross join lateral (
      select * from usage_records o
      where o.tenant_id = ${ctx.tenantId}::uuid and o.cloud_ref = ${cloudRef}::uuid and o.resource_ref = k.ref
        and o.window_start < k.end_at and o.window_start > k.earliest and o.window_end > k.start_at
      offset 0
    ) u
    cross join lateral (
      select r.content_key, r.quantity from raw_usage r
      where r.tenant_id = u.tenant_id and r.id = u.raw_usage_id and r.window_start = u.window_start limit 1
    ) r
    left join lateral (select true as found from usage_records n where n.tenant_id = u.tenant_id and n.supersedes_id = u.id limit 1) replaced on true
    where u.meter in ('server.running', 'server.allocated', 'address', 'volume') and replaced.found is null`
  return rows.map(({ meter, ref, hours, ...row }) => ({ ...row, key: `${meter}|${ref}`, hours: new Decimal(hours) }))
}
