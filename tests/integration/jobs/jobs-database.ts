import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import pg from 'pg'
import { databaseUrls, provideEnvironment, rolePassword } from '#app/config/env.server.ts'
import { startEmbeddedPostgres } from '#app/db/embedded-postgres.server.ts'

/** A migrated database for tests of the job executor. `pool` is the server's administrator. */
export type JobsDatabase = {
  readonly jobsUrl: string
  readonly appUrl: string
  readonly systemUrl: string
  readonly adminUrl: string
  readonly pool: pg.Pool
  /** Commits an outbox row, as a use case does. Returns its id. */
  send(name: string, data: object, at?: Date, key?: string): Promise<string>
  /** Empties what the tests before left. */
  clear(): Promise<void>
  close(): Promise<void>
}

export const testTenantId = '0192aaaa-0000-7000-8000-000000000001'
const roles = ['livery_owner', 'livery_app', 'livery_system', 'livery_jobs', 'livery_backup']

/** The clone of this test worker where there is one, else a database of its own. */
export async function openJobsDatabase(): Promise<JobsDatabase> {
  const server = process.env.DATABASE_URL ? undefined : await startOwnServer()
  const urls = databaseUrls()
  const pool = new pg.Pool({ connectionString: urls.admin, max: 4 })
  pool.on('error', () => {})
  return {
    jobsUrl: urls.jobs,
    appUrl: urls.app,
    systemUrl: urls.system,
    adminUrl: urls.admin,
    pool,
    async send(name, data, at = new Date(), key) {
      const id = uuidv7()
      await pool.query('insert into public.outbox (tenant_id, id, name, data, key, created_at) values ($1, $2, $3, $4, $5, $6)', [
        testTenantId,
        id,
        name,
        JSON.stringify(data),
        key ?? null,
        at,
      ])
      return id
    },
    async clear() {
      await pool.query('truncate public.outbox, jobs.events, jobs.runs, jobs.steps, jobs.waits, jobs.calls, jobs.crons, jobs.idempotency_keys, pgboss.job')
      await pool.query('update jobs.settings set is_paused = false')
    },
    async close() {
      await pool.end()
      await server?.stop()
    },
  }
}

async function startOwnServer() {
  const server = await startEmbeddedPostgres({ ephemeral: true })
  provideEnvironment({ DATABASE_URL: server.url, APP_SECRET: server.secret })
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  for (const role of roles) await client.query(`create role ${role} login password '${rolePassword(role)}'`)
  const migrations = readdirSync('prisma/migrations', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const { name } of migrations.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    await client.query(readFileSync(join('prisma/migrations', name, 'migration.sql'), 'utf8'))
  }
  await client.end()
  return server
}
