import { appSecret, databaseUrls, environment, provideEnvironment } from '#app/config/env.server.ts'
import { startEmbeddedPostgres } from './embedded-postgres.server.ts'
import { migrate } from './migrate/migrate.server.ts'
import { ensureRoles } from './roles.server.ts'

export type PreparedDatabase = {
  isEmbedded: boolean
  /** Names of the migrations applied now. */
  applied: string[]
  /** What the server's administrator did not allow, one sentence each. */
  notes: string[]
  /** Ends the use of the embedded server; nothing to do for one's own. */
  stop(): Promise<void>
}

/** Starts or joins the embedded PostgreSQL unless DATABASE_URL names a server; sets DATABASE_URL and APP_SECRET for this process and its children. */
export async function openDatabaseServer(): Promise<{ isEmbedded: boolean; stop(): Promise<void> }> {
  const { DATABASE_URL, APP_SECRET, LIVERY_DATA_DIR } = environment()
  if (DATABASE_URL) return { isEmbedded: false, stop: async () => undefined }
  const server = await startEmbeddedPostgres({ dataDir: LIVERY_DATA_DIR })
  provideEnvironment({ DATABASE_URL: server.url, APP_SECRET: APP_SECRET ?? server.secret })
  return { isEmbedded: true, stop: server.stop }
}

/**
 * A database ready for use: server, roles, migrations. Safe to repeat and to run in two processes at once.
 * @throws ConfigurationError when the settings do not lead to a usable server, MigrationError when its history is broken.
 */
export async function prepareDatabase(): Promise<PreparedDatabase> {
  const server = await openDatabaseServer()
  try {
    const urls = databaseUrls()
    const notes = await ensureRoles({ adminUrl: urls.admin, secret: appSecret() })
    const applied = await migrate(urls.owner)
    return { ...server, applied, notes }
  } catch (error) {
    await server.stop()
    throw error
  }
}
