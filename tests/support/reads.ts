import type pg from 'pg'
import { closeDatabase } from '#app/db/client.server.ts'

/** By table: sequential scans, and rows and index entries that were read. */
export type Reads = Readonly<Record<string, { sequential: number; rows: number }>>

/** What was read so far of the tables that match. A connection tells its last reads when it ends. */
async function readsSoFar(admin: pg.Client, tables: string): Promise<Reads> {
  await closeDatabase()
  while (
    (await admin.query("select 1 from pg_stat_activity where datname = current_database() and application_name like 'livery%'")).rowCount
  );
  const { rows } = await admin.query<{ name: string; sequential: number; rows: number }>(
    `select case when t.relname like 'raw_usage%' then 'raw_usage' else t.relname end as name, sum(t.seq_scan)::int as sequential,
       sum(t.seq_tup_read + (select coalesce(sum(i.idx_tup_read), 0) from pg_stat_user_indexes i where i.relid = t.relid))::int as rows
     from pg_stat_user_tables t
     where t.relname ~ $1
     group by 1 order by 1`,
    [tables],
  )
  return Object.fromEntries(rows.map(({ name, ...reads }) => [name, reads]))
}

/** What `work` read of each table whose name matches the pattern `tables`. */
export async function readsOf(admin: pg.Client, tables: string, work: () => Promise<unknown>): Promise<Reads> {
  const before = await readsSoFar(admin, tables)
  await work()
  const after = await readsSoFar(admin, tables)
  const differences = Object.entries(after).map(([name, { sequential, rows }]) => {
    const earlier = before[name] ?? { sequential: 0, rows: 0 }
    return [name, { sequential: sequential - earlier.sequential, rows: rows - earlier.rows }]
  })
  return Object.fromEntries(differences)
}
