import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { appSecret, databaseUrls, provideEnvironment } from '#app/config/env.server.ts'
import { startEmbeddedPostgres } from '#app/db/embedded-postgres.server.ts'
import { migrate } from '#app/db/migrate/migrate.server.ts'
import { ensureRoles } from '#app/db/roles.server.ts'

/** A migrated database for tests of the job executor, with a pool for each role that takes part. */
export type JobsDatabase = {
  readonly jobsUrl: string
  readonly appUrl: string
  /** As livery_jobs: reads what the executor wrote. */
  readonly pool: pg.Pool
  /** As livery_system: reads what the screen of job runs shows. */
  readonly system: pg.Pool
  /** As the server's administrator: makes and empties tables. */
  readonly admin: pg.Pool
  /** Commits an outbox row, as a use case does. Returns its id. */
  send(name: string, data: object, at?: Date, key?: string): Promise<string>
  /** Empties what the tests before left. */
  clear(): Promise<void>
  close(): Promise<void>
}

export const testTenantId = '0192aaaa-0000-7000-8000-000000000001'

/** The clone of this test worker where there is one, else a database of its own. */
export async function openJobsDatabase(): Promise<JobsDatabase> {
  const server = process.env.DATABASE_URL ? undefined : await startOwnServer()
  const urls = databaseUrls()
  const open = (connectionString: string) => new pg.Pool({ connectionString, max: 3 }).on('error', () => {})
  const [pool, system, admin, app] = [open(urls.jobs), open(urls.system), open(urls.admin), open(urls.app)]
  const database: JobsDatabase = {
    jobsUrl: urls.jobs,
    appUrl: urls.app,
    pool,
    system,
    admin,
    async send(name, data, at = new Date(), key) {
      const id = uuidv7()
      const client = await app.connect()
      try {
        await client.query('begin')
        await client.query(`select set_config('app.tenant_id', $1, true), set_config('app.scope', 'office', true)`, [testTenantId])
        await client.query('insert into public.outbox (tenant_id, id, name, data, key, created_at) values ($1, $2, $3, $4, $5, $6)', [
          testTenantId,
          id,
          name,
          JSON.stringify(data),
          key ?? null,
          at,
        ])
        await client.query('commit')
      } finally {
        client.release()
      }
      return id
    },
    async clear() {
      await admin.query('truncate public.outbox')
      await pool.query('truncate jobs.events, jobs.runs, jobs.steps, jobs.waits, jobs.calls, jobs.crons, jobs.idempotency_keys, pgboss.job')
      await pool.query('update jobs.settings set is_paused = false')
    },
    async close() {
      await Promise.all([pool, system, admin, app].map((each) => each.end()))
      await server?.stop()
    },
  }
  await database.clear()
  return database
}

async function startOwnServer() {
  const server = await startEmbeddedPostgres({ ephemeral: true })
  provideEnvironment({ DATABASE_URL: server.url, APP_SECRET: server.secret })
  await ensureRoles({ adminUrl: server.url, secret: appSecret() })
  await migrate(databaseUrls().owner)
  return server
}
