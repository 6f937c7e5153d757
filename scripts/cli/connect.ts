import { closeDatabase } from '#app/db/client.server.ts'
import { openDatabaseServer } from '#app/db/prepare-database.server.ts'

/** Opens the database of DATABASE_URL, or the embedded one of LIVERY_DATA_DIR; the function returned lets go of it. */
export async function connect(): Promise<() => Promise<void>> {
  const server = await openDatabaseServer()
  return async () => {
    await closeDatabase()
    await server.stop()
  }
}
