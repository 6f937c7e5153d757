import { appSecret, databaseUrls, environment, provideEnvironment } from '#app/config/env.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { startEmbeddedPostgres } from '#app/db/embedded-postgres.server.ts'
import { migrate } from '#app/db/migrate/migrate.server.ts'
import { ensureRoles } from '#app/db/roles.server.ts'

export type PreparedDatabase = {
  /** Migrations applied just now. */
  readonly applied: readonly string[]
  readonly isEmbedded: boolean
  /** Closes this process's connections and lets go of the embedded server. */
  stop(): Promise<void>
}

/**
 * A database with roles and the newest schema: the operator's own by DATABASE_URL, else an embedded PostgreSQL in LIVERY_DATA_DIR.
 * @throws ConfigurationError naming the setting that keeps it from starting.
 */
export async function prepareDatabase(): Promise<PreparedDatabase> {
  const { DATABASE_URL, LIVERY_DATA_DIR } = environment()
  const embedded = DATABASE_URL ? undefined : await startEmbeddedPostgres({ dataDir: LIVERY_DATA_DIR })
  if (embedded) provideEnvironment({ DATABASE_URL: embedded.url, APP_SECRET: embedded.secret })
  await ensureRoles({ adminUrl: databaseUrls().admin, secret: appSecret() })
  const applied = await migrate(databaseUrls().owner)
  return {
    applied,
    isEmbedded: embedded !== undefined,
    stop: async () => {
      await closeDatabase()
      await embedded?.stop()
    },
  }
}
