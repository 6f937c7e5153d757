import type { Tag } from '#app/domain/project/tags.ts'
import { type Sql, sql } from '../sql.server.ts'

/**
 * Joins to charges `c` the resource each is for, as `place.resource_id`: the one it names, or for a fee the first of its subscription.
 */
export const joinResource: Sql = sql`
  left join (
    select distinct on (r.tenant_id, r.subscription_id) r.tenant_id, r.subscription_id, r.id
    from resources r where r.subscription_id is not null
    order by r.tenant_id, r.subscription_id, r.created_at, r.id
  ) paid on c.resource_id is null and paid.tenant_id = c.tenant_id and paid.subscription_id = c.subscription_id
  cross join lateral (select coalesce(c.resource_id, paid.id) as resource_id) place`

/** Joins after it the project that each charge belongs to, as `placed.project_id`: where its resource was when the charged period began. */
export const joinProject: Sql = sql`
  left join project_resources placed on placed.tenant_id = c.tenant_id and placed.resource_id = place.resource_id
    and placed.starts_at <= c.period_start and (placed.ends_at is null or c.period_start < placed.ends_at)`

/** Joins after it the value that the resource had under a label's `key` then, as `tagged.value`. */
export function joinTag(key: string): Sql {
  return sql`
  left join resource_tags tagged on tagged.tenant_id = c.tenant_id and tagged.resource_id = place.resource_id and tagged.key = ${key}
    and tagged.starts_at <= c.period_start and (tagged.ends_at is null or c.period_start < tagged.ends_at)`
}

/** Whether the resource of a charge had a label then. */
export function hasTag({ key, value }: Tag): Sql {
  return sql`exists (
    select from resource_tags t where t.tenant_id = c.tenant_id and t.resource_id = place.resource_id and t.key = ${key} and t.value = ${value}
      and t.starts_at <= c.period_start and (t.ends_at is null or c.period_start < t.ends_at))`
}
