import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { provideEnvironment } from '#app/config/env.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { closeAdapters } from '#app/wiring.server.ts'

// A setup file runs once per test file, before it: the environment stands when app modules read it. Files of a worker share these modules, so
// that whatever they keep is forgotten after each.
const server = inject('testServer')
const database = `livery_${randomUUID().replaceAll('-', '')}`
const url = new URL(server.adminUrl)
url.pathname = `/${database}`

await asAdmin(
  `create database ${database} template livery_template strategy file_copy`,
  `revoke temporary on database ${database} from public`,
)

const folder = join(server.folder, database)
await mkdir(folder)
provideEnvironment({
  DATABASE_URL: url.href,
  APP_SECRET: server.secret,
  LIVERY_DATA_DIR: folder,
  LOG_LEVEL: 'silent',
  MAIL_TRANSPORT: 'outbox',
})

afterAll(async () => {
  setClock()
  await closeAdapters()
  await closeDatabase()
  await asAdmin(`drop database ${database} with (force)`)
})

async function asAdmin(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: server.adminUrl })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}
