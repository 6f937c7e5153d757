import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SchemaFile } from './schema-engine.server.ts'

/** A migration as it lies in prisma/migrations. `checksum` is what `_prisma_migrations` remembers: SHA-256, hex. */
export type MigrationFile = { name: string; sql: string; checksum: string }

/** The repository's prisma folder. */
export const prismaFolder = fileURLToPath(new URL('../../../prisma', import.meta.url))

/** All migrations, in the order of their names. */
export async function readMigrations(folder: string = join(prismaFolder, 'migrations')): Promise<MigrationFile[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** The Prisma schema that the migrations lead to. */
export async function readSchema(): Promise<SchemaFile> {
  const path = join(prismaFolder, 'schema.prisma')
  return { path, content: await readFile(path, 'utf8') }
}
