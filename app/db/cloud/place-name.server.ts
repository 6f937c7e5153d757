import { type Sql, sql } from '../sql.server.ts'

/** In a query over `resources r`: where one stands, in the words of the seller's plans; its code where none of them has it. */
export const placeName: Sql = sql`coalesce((
  select l ->> 'city' from products o cross join lateral jsonb_array_elements(coalesce(o.spec -> 'locations', '[]')) l
  where o.tenant_id = r.tenant_id and o.kind = 'plan' and l ->> 'code' = r.zone order by o.id limit 1), r.zone)`
