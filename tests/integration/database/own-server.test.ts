import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rolePassword } from '#app/config/env.server.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#app/db/embedded-postgres.server.ts'
import { migrate } from '#app/db/migrate/migrate.server.ts'
import { ensureRoles } from '#app/db/roles.server.ts'

const secret = 's'.repeat(40)
let server: EmbeddedPostgres

beforeAll(async () => {
  server = await startEmbeddedPostgres({ ephemeral: true })
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(`create role operator login createrole password 'operator'`)
  await client.query('create database shop owner operator')
  await client.query(`create role visitor login password 'visitor'`)
  await client.end()
})

afterAll(() => server.stop())

function urlAs(user: string, password: string): string {
  const url = new URL(server.url)
  Object.assign(url, { username: user, password, pathname: '/shop' })
  return url.href
}

test('a user who owns the database and may create roles is enough: no superuser is needed', async () => {
  const notes = await ensureRoles({ adminUrl: urlAs('operator', 'operator'), secret })
  expect(notes).toEqual([
    'livery_backup has no BYPASSRLS: dumps made with it are empty until a superuser runs "alter role livery_backup bypassrls".',
  ])
  expect((await migrate(urlAs('livery_owner', rolePassword('livery_owner', secret)))).length).toBeGreaterThan(0)
  await ensureRoles({ adminUrl: urlAs('operator', 'operator'), secret })
})

test.each([
  [
    'a server that does not answer',
    'postgresql://a:b@127.0.0.1:1/livery',
    /^Bad configuration: DATABASE_URL cannot be used: .*ECONNREFUSED/,
  ],
  [
    'a password that is wrong',
    () => urlAs('operator', 'guess'),
    /^Bad configuration: DATABASE_URL cannot be used: password authentication failed/,
  ],
  ['a user without rights', () => urlAs('visitor', 'visitor'), /^Bad configuration: DATABASE_URL names a user that may not set up/],
])('%s ends with one readable line and exit code 78', async (_case, url, line) => {
  const environment = { ...process.env, DATABASE_URL: typeof url === 'string' ? url : url(), APP_SECRET: secret }
  const migrating = promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/db-migrate.ts'], { env: environment })
  const failure = await migrating.then(
    () => undefined,
    (error: { code: number; stderr: string }) => error,
  )
  expect(failure?.code).toBe(78)
  expect(failure?.stderr).toMatch(line)
  expect(failure?.stderr.trim().split('\n')).toHaveLength(1)
  expect(failure?.stderr).not.toContain('guess')
})
