import { Decimal } from '#app/domain/money/decimal.ts'
import type { MeterCode, Unit } from '#app/domain/usage/meters.ts'
import type { CloudOwner } from '#app/domain/usage/mediation-input.ts'
import type { TenantContext } from './context.server.ts'

/** Usage as it crosses a level: what was used, when and by what; never what it cost. */
export type HandedDownUsage = {
  readonly id: string
  readonly cloudRef: string
  readonly meter: MeterCode
  readonly unit: Unit
  readonly quantity: Decimal
  readonly windowStart: Date
  readonly windowEnd: Date
  readonly resourceRef: string | null
  readonly resourceName: string | null
  readonly supersedesId: string | null
  readonly cloudOwner: CloudOwner
  readonly dimensions: Readonly<Record<string, string>>
}

export type HandDownQuery = { readonly batchId: string; readonly childTenantId: string; readonly afterId: string; readonly limit: number }

/** Usage of the batch that belongs to the account of `childTenantId`, in order of id after `afterId`. */
export async function readUsageToHandDown(ctx: TenantContext, query: HandDownQuery): Promise<HandedDownUsage[]> {
  const rows = await ctx.db.$queryRaw<(Omit<HandedDownUsage, 'quantity'> & { quantity: string })[]>`
    select u.id, u.cloud_ref as "cloudRef", u.meter, u.unit, u.quantity::text as quantity, u.window_start as "windowStart",
      u.window_end as "windowEnd", u.resource_ref as "resourceRef", u.resource_name as "resourceName", u.supersedes_id as "supersedesId",
      u.owner as "cloudOwner", u.dimensions
    from usage_records u join accounts a on a.tenant_id = u.tenant_id and a.id = u.account_id
    where u.tenant_id = ${ctx.tenantId}::uuid and u.batch_id = ${query.batchId}::uuid and u.id > ${query.afterId}::uuid
      and a.child_tenant_id = ${query.childTenantId}::uuid
    order by u.id
    limit ${query.limit}`
  return rows.map((row) => ({ ...row, quantity: new Decimal(row.quantity) }))
}

/** The child tenants that usage of the batch must be handed down to. */
export async function readChildTenants(ctx: TenantContext, batchId: string): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ childTenantId: string }[]>`
    select a.child_tenant_id as "childTenantId" from accounts a
    where a.tenant_id = ${ctx.tenantId}::uuid and a.child_tenant_id is not null
      and exists (select 1 from usage_records u where u.tenant_id = a.tenant_id and u.account_id = a.id and u.batch_id = ${batchId}::uuid)
    order by a.id`
  return rows.map((row) => row.childTenantId)
}

/** The child's own records of usage that the parent has corrected since, by the parent's id. */
export async function findSuperseded(ctx: TenantContext, sourceUsageIds: readonly string[]): Promise<Map<string, string>> {
  if (sourceUsageIds.length === 0) return new Map()
  const rows = await ctx.db.$queryRaw<{ sourceUsageId: string; id: string }[]>`
    select u.source_usage_id as "sourceUsageId", u.id from usage_records u
    where u.tenant_id = ${ctx.tenantId}::uuid and u.source_key = any (${sourceUsageIds.map((id) => `from:${id}`)}::text[])`
  return new Map(rows.map((row) => [row.sourceUsageId, row.id]))
}
