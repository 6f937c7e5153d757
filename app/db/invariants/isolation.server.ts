import { appClient } from '../client.server.ts'
import type { Database, TenantContext } from '../context.server.ts'
import { type Examined, idsAtMost } from './examined.server.ts'

type Seen = { table: string; seen: string }

/** I14, with a scope: tables and partitions in which the tenant sees rows of another. */
export async function foreignRows(ctx: TenantContext): Promise<Examined> {
  return tally(await countTables(ctx.db, ctx.tenantId))
}

/** I14, without a scope: every row that is seen at all is one too many. */
export async function rowsWithoutScope(): Promise<Examined> {
  return appClient().$transaction(async (db) => {
    await db.$executeRaw`select set_config('app.tenant_id', '', true), set_config('app.scope', '', true), set_config('app.account_ids', '', true)`
    return tally(await countTables(db, null))
  })
}

/** One statement over every table the catalog knows and the role may read; without a tenant all rows are foreign. */
function countTables(db: Database, tenantId: string | null): Promise<Seen[]> {
  return db.$queryRaw<Seen[]>`
    select c.relname as table, query_to_xml(format(
      'select count(*) || '':'' || count(*) filter (where tenant_id is distinct from %L) as seen from public.%I', ${tenantId}::uuid, c.relname),
      false, true, '')::text as seen
    from pg_class c join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id' and not t.attisdropped
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and has_table_privilege(c.oid, 'select')
    order by c.relname`
}

function tally(seen: readonly Seen[]): Examined {
  const tables = seen.map(({ table, seen: text }) => {
    const [, rows = '', foreign = ''] = /(\d+):(\d+)/.exec(text) ?? []
    return { table, rows: Number(rows), foreign: Number(foreign) }
  })
  return {
    examined: tables.reduce((sum, { rows }) => sum + rows, 0),
    violations: tables.reduce((sum, { foreign }) => sum + foreign, 0),
    ids: tables.flatMap(({ table, foreign }) => (foreign > 0 ? [`${table}: ${foreign} rows`] : [])).slice(0, idsAtMost),
  }
}

/** How many rows the server believes a table to have; below zero when it never looked. Other tenants' are counted, too. */
export async function believedRows(table: string): Promise<number> {
  const [row] = await appClient().$queryRaw<{ rows: number }[]>`
    select reltuples::float8 as rows from pg_class where oid = to_regclass(${`public.${table}`})`
  return row?.rows ?? -1
}
