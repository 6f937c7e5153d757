import { environment, provideEnvironment } from '#app/config/env.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { startEmbeddedPostgres } from '#app/db/embedded-postgres.server.ts'

/** Opens the database of DATABASE_URL, or the embedded one of LIVERY_DATA_DIR; the function returned lets go of it. */
export async function connect(): Promise<() => Promise<void>> {
  if (environment().DATABASE_URL) return closeDatabase
  const embedded = await startEmbeddedPostgres({ dataDir: environment().LIVERY_DATA_DIR })
  provideEnvironment({ DATABASE_URL: embedded.url, APP_SECRET: embedded.secret })
  return async () => {
    await closeDatabase()
    await embedded.stop()
  }
}
