import type { Database } from '#app/db/context.server.ts'

/** What one scope sees of one table. */
export type Tally = { readonly table: string; readonly rows: number; readonly foreignTenant: number; readonly foreignAccount: number }

type Seen = { table: string; seen: string }

/**
 * Counts every tenant table the catalog knows in the open scope: all rows, those of another tenant than `tenantId`, and those
 * that belong to an account outside `accountIds` (none is outside when it is null). One statement; the names come from the catalog.
 */
export async function tallyTables(db: Database, tenantId: string, accountIds: readonly string[] | null): Promise<Tally[]> {
  const accounts = accountIds === null ? null : `{${accountIds.join(',')}}`
  const rows = await db.$queryRaw<Seen[]>`
    select c.relname as table, query_to_xml(format(
      'select count(*) || '':'' || count(*) filter (where tenant_id <> %L) || '':'' || count(*) filter (where %s) as seen from public.%I',
      ${tenantId}::uuid,
      case when a.attname is null or ${accounts}::text is null then 'false' else format('not coalesce(%I = any (%L::uuid[]), false)', a.attname, ${accounts}::text) end,
      c.relname), false, true, '')::text as seen
    from pg_class c
    join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id' and not t.attisdropped
    left join pg_attribute a on a.attrelid = c.oid and a.attname = case when c.relname = 'accounts' then 'id' else 'account_id' end
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not c.relispartition
    order by c.relname`
  return rows.map(toTally)
}

function toTally({ table, seen }: Seen): Tally {
  const match = /(\d+):(\d+):(\d+)/.exec(seen)
  if (!match) throw new Error(`tallyTables: ${table} answered ${seen}`)
  return { table, rows: Number(match[1]), foreignTenant: Number(match[2]), foreignAccount: Number(match[3]) }
}

/** The rows of a tally nobody in this scope may see. */
export function foreignRows(tallies: readonly Tally[]): number {
  return tallies.reduce((sum, { foreignTenant, foreignAccount }) => sum + foreignTenant + foreignAccount, 0)
}
