import pg from 'pg'
import { expect, test } from 'vitest'
import { databaseUrls } from '#app/config/env.server.ts'

async function ask<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(sql)).rows
  } finally {
    await client.end()
  }
}

test('no role that answers requests can see past row-level security or change the schema', async () => {
  const rows = await ask(
    databaseUrls().app,
    `select rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole,
            has_schema_privilege(rolname, 'public', 'create') as may_create,
            has_database_privilege(rolname, current_database(), 'temporary') as may_use_temporary_tables
     from pg_roles where rolname in ('livery_app', 'livery_system', 'livery_jobs') order by rolname`,
  )
  const harmless = {
    rolsuper: false,
    rolbypassrls: false,
    rolcreatedb: false,
    rolcreaterole: false,
    may_create: false,
    may_use_temporary_tables: false,
  }
  expect(rows).toEqual([
    { rolname: 'livery_app', ...harmless },
    { rolname: 'livery_jobs', ...harmless },
    { rolname: 'livery_system', ...harmless },
  ])
})

test('tables belong to livery_owner, which is no superuser', async () => {
  const rows = await ask(
    databaseUrls().owner,
    `select distinct tableowner, rolsuper from pg_tables join pg_roles on rolname = tableowner where schemaname = 'public'`,
  )
  expect(rows).toEqual([{ tableowner: 'livery_owner', rolsuper: false }])
})
