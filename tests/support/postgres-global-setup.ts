import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { databaseUrls, provideEnvironment } from '#app/config/env.server.ts'
import { startEmbeddedPostgres } from '#app/db/embedded-postgres.server.ts'
import { migrate } from '#app/db/migrate/migrate.server.ts'
import { ensureRoles } from '#app/db/roles.server.ts'

/** What every test file learns about the run's database server. */
export type TestServer = { adminUrl: string; secret: string; folder: string }

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer
  }
}

/** One PostgreSQL for the run, with a migrated template database that each test file gets a copy of. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'livery-test-'))
  const server = await startEmbeddedPostgres({ ephemeral: true })
  const stop = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await createTemplate(server.url, server.secret)
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('testServer', { adminUrl: server.url, secret: server.secret, folder })
  return stop
}

async function createTemplate(adminUrl: string, secret: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  await client.query('create database livery_template')
  const templateUrl = new URL(adminUrl)
  templateUrl.pathname = '/livery_template'
  await ensureRoles({ adminUrl: templateUrl.href, secret })
  provideEnvironment({ DATABASE_URL: templateUrl.href, APP_SECRET: secret })
  await migrate(databaseUrls().owner)
  await client.query('alter database livery_template is_template true allow_connections false')
  await client.end()
}
