import { join } from 'node:path'
import type pg from 'pg'
import { connect } from '../roles.server.ts'
import { type MigrationFile, prismaFolder, readMigrations, readSchema } from './migration-files.server.ts'
import { withSchemaEngine } from './schema-engine.server.ts'

// Not the engine's own lock: it gives up after ten seconds, while a second start can wait for a long migration.
const lockNumber = 7_305_613
const noFilters = { externalTables: [], externalEnums: [] }

/** A history that migrations cannot continue: a person has to look. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

type AppliedMigration = { migration_name: string; checksum: string; finished_at: Date | null; logs: string | null }

/**
 * Applies what is missing, as the owner of the tables, one process at a time. Writes the table `_prisma_migrations` that
 * Prisma's own commands read.
 * @returns the names applied now, in order.
 * @throws MigrationError when an applied migration was edited or is gone, one failed before, or one fails now.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const lock = await connect(ownerUrl)
  try {
    await lock.query('select pg_advisory_lock($1)', [lockNumber])
    const migrations = await readMigrations()
    const applied = await readApplied(lock)
    refuseBrokenHistory(migrations, applied)
    const names = new Set(applied.map((row) => row.migration_name))
    const missing = migrations.filter((migration) => !names.has(migration.name))
    if (missing.length > 0) await apply(ownerUrl, migrations, lock)
    return missing.map((migration) => migration.name)
  } finally {
    await lock.end()
  }
}

/** Migrations not yet applied to the database; needs no more than `select` on `_prisma_migrations`. */
export async function pendingMigrations(url: string): Promise<string[]> {
  const client = await connect(url)
  try {
    const applied = new Set((await readApplied(client)).filter((row) => row.finished_at).map((row) => row.migration_name))
    return (await readMigrations()).map((migration) => migration.name).filter((name) => !applied.has(name))
  } finally {
    await client.end()
  }
}

async function readApplied(client: pg.Client): Promise<AppliedMigration[]> {
  const { rows: tables } = await client.query<{ found: boolean }>(`select to_regclass('public._prisma_migrations') is not null as found`)
  if (!tables[0]?.found) return []
  const { rows } = await client.query<AppliedMigration>(
    'select migration_name, checksum, finished_at, logs from public._prisma_migrations where rolled_back_at is null order by started_at',
  )
  return rows
}

function refuseBrokenHistory(migrations: readonly MigrationFile[], applied: readonly AppliedMigration[]): void {
  const files = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const row of applied) {
    const file = files.get(row.migration_name)
    if (!row.finished_at) throw new MigrationError(`${row.migration_name} failed before: ${row.logs ?? 'no reason was noted'}`)
    if (!file) throw new MigrationError(`${row.migration_name} is applied to the database but not in prisma/migrations: the code is older`)
    if (file.checksum !== row.checksum) {
      throw new MigrationError(`${row.migration_name} was edited after it was applied: put it back and write a new migration`)
    }
  }
}

async function apply(ownerUrl: string, migrations: readonly MigrationFile[], client: pg.Client): Promise<void> {
  const schema = await readSchema()
  try {
    const input = { migrationsList: migrationList(migrations), filters: noFilters }
    await withSchemaEngine(ownerUrl, schema, (engine) => engine.applyMigrations(input))
  } catch (error) {
    const failed = (await readApplied(client)).find((row) => !row.finished_at)
    if (failed) await forgetFailed(client)
    throw new MigrationError(`${failed?.migration_name ?? 'A migration'} failed: ${firstLines(failed?.logs ?? String(error))}`, {
      cause: error,
    })
  }
}

// A migration runs as one transaction, so a failed one left nothing: it may be tried again once it is mended.
async function forgetFailed(client: pg.Client): Promise<void> {
  await client.query('update public._prisma_migrations set rolled_back_at = now() where finished_at is null and rolled_back_at is null')
}

function migrationList(migrations: readonly MigrationFile[]) {
  return {
    baseDir: join(prismaFolder, 'migrations'),
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  }
}

function firstLines(text: string): string {
  return text.split('\n').slice(0, 6).join('\n')
}
