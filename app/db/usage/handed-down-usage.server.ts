import type { Unit } from '#app/domain/usage/units.ts'
import type { TenantContext } from '../context.server.ts'
import { sqlArray } from '../sql-array.server.ts'

const prefix = 'from:'

/** The source key of usage that came from the parent's record `usageId`. */
export function handedDownKey(usageId: string): string {
  return `${prefix}${usageId}`
}

/** Whether a source key is that of usage a parent handed down. */
export function isHandedDown(sourceKey: string): boolean {
  return sourceKey.startsWith(prefix)
}

/** Usage that arrived from the parent, by the id it has there. */
export type ArrivedUsage = {
  readonly sourceUsageId: string
  readonly id: string
  readonly accountId: string
  readonly subscriptionId: string | null
  readonly productId: string | null
  readonly resourceId: string | null
  readonly meter: string
  readonly unit: Unit
}

/** What has arrived of the parent's records `sourceUsageIds`, by their id there. */
export async function readArrivedUsage(ctx: TenantContext, sourceUsageIds: readonly string[]): Promise<Map<string, ArrivedUsage>> {
  if (sourceUsageIds.length === 0) return new Map()
  const rows = await ctx.db.$queryRaw<ArrivedUsage[]>`
    select u.source_usage_id as "sourceUsageId", u.id, u.account_id as "accountId", u.subscription_id as "subscriptionId",
      u.product_id as "productId", u.resource_id as "resourceId", u.meter, u.unit
    from usage_records u
    where u.tenant_id = ${ctx.tenantId}::uuid and u.source_key = any (${sqlArray(sourceUsageIds, handedDownKey)}::text[])`
  return new Map(rows.map((row) => [row.sourceUsageId, row]))
}

/** Which of the parent's records `sourceUsageIds` are set aside here. */
export async function readSetAside(ctx: TenantContext, sourceUsageIds: readonly string[]): Promise<Set<string>> {
  if (sourceUsageIds.length === 0) return new Set()
  const rows = await ctx.db.$queryRaw<{ sourceUsageId: string }[]>`
    select substr(q.source_key, ${prefix.length + 1}::int) as "sourceUsageId" from usage_quarantine q
    where q.tenant_id = ${ctx.tenantId}::uuid and q.source_key = any (${sqlArray(sourceUsageIds, handedDownKey)}::text[]) and q.state <> 'released'`
  return new Set(rows.map((row) => row.sourceUsageId))
}
