import { rolePassword } from '#app/config/env.server.ts'
import { startEmbeddedPostgres } from '../embedded-postgres.server.ts'
import { ensureRoles } from '../roles.server.ts'
import { migrate } from './migrate.server.ts'
import { prismaFolder, readSchema } from './migration-files.server.ts'
import { type SchemaFile, withSchemaEngine } from './schema-engine.server.ts'

/**
 * The SQL that leads from the database to the schema; empty when they agree. Sees what Prisma's language can say: tables,
 * columns, keys, indexes. Policies, triggers, checks, partitions and other schemas stay out of it.
 */
export async function diffToSchema(ownerUrl: string, schema: SchemaFile): Promise<string> {
  const { stdout } = await withSchemaEngine(ownerUrl, schema, (engine) => {
    const files = [schema]
    const parameters = {
      from: { tag: 'schemaDatasource' as const, files, configDir: prismaFolder },
      to: { tag: 'schemaDatamodel' as const, files },
      script: true,
      filters: { externalTables: ['public._prisma_migrations'], externalEnums: [] },
      shadowDatabaseUrl: null,
      exitCode: null,
    }
    return engine.diff(parameters)
  })
  const sql = (stdout ?? '').trim()
  return sql === '-- This is an empty migration.' ? '' : sql
}

/** The same for a new, temporary database with all migrations applied: what the next migration has to do. */
export async function diffMigrationsToSchema(): Promise<string> {
  const server = await startEmbeddedPostgres({ ephemeral: true })
  try {
    await ensureRoles({ adminUrl: server.url, secret: server.secret })
    const ownerUrl = new URL(server.url)
    ownerUrl.username = 'livery_owner'
    ownerUrl.password = rolePassword('livery_owner', server.secret)
    await migrate(ownerUrl.href)
    return await diffToSchema(ownerUrl.href, await readSchema())
  } finally {
    await server.stop()
  }
}
