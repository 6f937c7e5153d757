import pg from 'pg'
import { databaseUrls } from '#app/config/env.server.ts'
import type { Level } from './company.ts'
import { timed } from './timed.ts'

/** Keeps the charges of both levels aside in a table without any index or constraint. */
export async function setChargesAside(admin: pg.Client): Promise<void> {
  await admin.query('drop table if exists bench_charges')
  await admin.query('create unlogged table bench_charges as table charges')
  await admin.query('grant select on bench_charges to livery_app')
  await admin.query('truncate charges')
  await admin.query('analyze bench_charges')
}

/**
 * How long PostgreSQL takes to insert the charges that were set aside: one `insert … select` a level, as the runtime role, into the same
 * table with its keys, indexes, constraints and policies, in order of id. Committed.
 */
export async function insertAll(levels: readonly Level[]): Promise<{ seconds: number; rows: number }> {
  const app = new pg.Client({ connectionString: databaseUrls().app })
  await app.connect()
  try {
    const { seconds, result } = await timed(async () => {
      let rows = 0
      for (const level of levels) rows += await insertLevel(app, level)
      return rows
    })
    return { seconds, rows: result }
  } finally {
    await app.end()
  }
}

async function insertLevel(app: pg.Client, { tenantId }: Level): Promise<number> {
  await app.query('begin')
  await app.query(
    "select set_config('app.tenant_id', $1, true), set_config('app.scope', 'office', true), set_config('TimeZone', 'UTC', true)",
    [tenantId],
  )
  const { rowCount } = await app.query('insert into charges select * from bench_charges where tenant_id = $1 order by id', [tenantId])
  await app.query('commit')
  return rowCount ?? 0
}
