import pg from 'pg'
import { expect, test } from 'vitest'
import { databaseUrls } from '#app/config/env.server.ts'
import { diffToSchema } from '#app/db/migrate/diff.server.ts'
import { MigrationError, migrate, pendingMigrations } from '#app/db/migrate/migrate.server.ts'
import { readSchema } from '#app/db/migrate/migration-files.server.ts'

async function asOwner(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrls().owner })
  await client.connect()
  await client.query(sql)
  await client.end()
}

test('the migrations lead to the schema', async () => {
  expect(await diffToSchema(databaseUrls().owner, await readSchema())).toBe('')
})

test('a column the migrations forgot is seen', async () => {
  const schema = await readSchema()
  const content = schema.content.replace('model Tenant {', 'model Tenant {\n  motto String?')
  const sql = await diffToSchema(databaseUrls().owner, { ...schema, content })
  expect(sql).toContain('ADD COLUMN     "motto" TEXT')
})

test('a migrated database has nothing pending, and migrating again changes nothing', async () => {
  expect(await pendingMigrations(databaseUrls().owner)).toEqual([])
  expect(await migrate(databaseUrls().owner)).toEqual([])
})

test('two starts at once do not race', async () => {
  expect(await Promise.all([migrate(databaseUrls().owner), migrate(databaseUrls().owner)])).toEqual([[], []])
})

test('an applied migration that was edited is refused', async () => {
  await asOwner(`update _prisma_migrations set checksum = repeat('0', 64) where migration_name like '%_init'`)
  await expect(migrate(databaseUrls().owner)).rejects.toThrow(MigrationError)
})
