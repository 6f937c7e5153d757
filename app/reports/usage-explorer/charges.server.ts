import { hasTag, joinProject, joinResource, joinTag } from '#app/db/charges/charge-places.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type Sql, sql } from '#app/db/sql.server.ts'
import type { UsageGrouping } from '#app/domain/project/usage-grouping.ts'
import { addDays, startOfDay } from '#app/domain/time/local-date.ts'
import type { Period } from '#app/domain/time/period.ts'
import type { UsageFilter } from './shape.ts'

const nothing = sql``

/** The instants of the days that are asked for. */
export function spanOf({ from, to, zone }: UsageFilter): Period {
  return { start: startOfDay(from, zone), end: startOfDay(addDays(to, 1), zone) }
}

/** What a grouping has to know of each charge beside the charge itself. */
export function joinsOf(by: UsageGrouping | 'record', filter: UsageFilter, tagKey: string): Sql {
  const needsProject = by === 'project' || by === 'record' || filter.projectId !== undefined
  return sql`
    left join subscriptions s on s.tenant_id = c.tenant_id and s.id = c.subscription_id
    ${joinResource}
    ${needsProject ? joinProject : nothing}
    ${by === 'tag' ? joinTag(tagKey) : nothing}`
}

/** The charges `c` that are asked for. */
export function whereOf(ctx: TenantContext, filter: UsageFilter): Sql {
  const { start, end } = spanOf(filter)
  const { accountIds, projectId, tag, resourceId, productId, meter, currency } = filter
  return sql`
    where c.tenant_id = ${ctx.tenantId}::uuid and c.period_start >= ${start} and c.period_start < ${end}
      ${accountIds ? sql`and c.account_id = any (${[...accountIds]}::uuid[])` : nothing}
      ${projectId === 'none' ? sql`and placed.project_id is null` : nothing}
      ${projectId && projectId !== 'none' ? sql`and placed.project_id = ${projectId}::uuid` : nothing}
      ${tag ? sql`and ${hasTag(tag)}` : nothing}
      ${resourceId ? sql`and place.resource_id = ${resourceId}::uuid` : nothing}
      ${productId ? sql`and coalesce(c.product_id, s.product_id) = ${productId}::uuid` : nothing}
      ${meter ? sql`and coalesce(c.meter, c.fee_kind) = ${meter}` : nothing}
      ${currency ? sql`and c.currency = ${currency}` : nothing}`
}
