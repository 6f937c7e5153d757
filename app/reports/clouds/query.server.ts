import type { TenantContext } from '#app/db/context.server.ts'
import type { CloudDelivery, CloudView } from './shape.ts'

type CloudRow = Pick<CloudView, 'id' | 'name' | 'adapter' | 'lastSyncedAt' | 'mappings' | 'quarantined'> & { endpoint: string }
type DeliveryRow = Omit<CloudDelivery, 'span'> & { cloudId: string; sourceKey: string }

const cloudsAtMost = 50
const deliveriesPerCloud = 8
/** Four turns of the schedule, which comes round every quarter of an hour. */
const lateAfterMs = 3_600_000

/** The tenant's clouds by name, at most 50, each with its latest deliveries. */
export async function listClouds(ctx: TenantContext): Promise<CloudView[]> {
  const clouds = await ctx.db.$queryRaw<CloudRow[]>`
    select c.id, c.name, c.adapter, c.endpoint, c.last_synced_at as "lastSyncedAt",
      (select count(*)::int from cloud_mappings m where m.tenant_id = c.tenant_id and m.cloud_ref = c.id) as mappings,
      (select count(*)::int from usage_quarantine q join usage_batches b on b.tenant_id = q.tenant_id and b.id = q.batch_id
        where q.tenant_id = c.tenant_id and q.state = 'open' and b.cloud_connection_id = c.id) as quarantined
    from cloud_connections c where c.tenant_id = ${ctx.tenantId}::uuid
    order by c.name, c.id limit ${cloudsAtMost}`
  const deliveries = await readDeliveries(
    ctx,
    clouds.map(({ id }) => id),
  )
  return clouds.map(({ endpoint, ...cloud }) => ({
    ...cloud,
    origin: originOf(endpoint),
    isFetched: cloud.adapter !== 'file',
    isLate: cloud.lastSyncedAt !== null && ctx.now.getTime() - cloud.lastSyncedAt.getTime() > lateAfterMs,
    deliveries: deliveries.filter(({ cloudId }) => cloudId === cloud.id).map(toDelivery),
  }))
}

function readDeliveries(ctx: TenantContext, cloudIds: readonly string[]): Promise<DeliveryRow[]> {
  return ctx.db.$queryRaw<DeliveryRow[]>`
    select b.* from unnest(${cloudIds}::uuid[]) as c (id) cross join lateral (
      select b.id, b.cloud_connection_id as "cloudId", b.source_key as "sourceKey", b.state, b.started_at as "startedAt",
        b.finished_at as "finishedAt", b.received, b.duplicates, b.conflicts, b.accepted, b.dropped, b.quarantined
      from usage_batches b where b.tenant_id = ${ctx.tenantId}::uuid and b.cloud_connection_id = c.id
      order by b.started_at desc, b.id desc limit ${deliveriesPerCloud}
    ) b order by b."startedAt" desc, b.id desc`
}

function toDelivery({ cloudId: _cloudId, sourceKey, ...row }: DeliveryRow): CloudDelivery {
  return { ...row, span: spanOf(sourceKey) }
}

/** The span in the key of a fetch, `sync:<cloud>:<from>:<to>`. */
function spanOf(sourceKey: string): CloudDelivery['span'] {
  const match = /^sync:[0-9a-f-]{36}:(\d{4}-[\d-]+T[\d:.]+Z):(\d{4}-[\d-]+T[\d:.]+Z)$/.exec(sourceKey)
  return match?.[1] && match[2] ? { from: new Date(match[1]), to: new Date(match[2]) } : null
}

function originOf(endpoint: string): string | null {
  return /^https?:\/\//.test(endpoint) && URL.canParse(endpoint) ? new URL(endpoint).origin : null
}
