import { runMain } from '#app/config/run-main.server.ts'
import { MigrationError } from '#app/db/migrate/migrate.server.ts'
import { prepareDatabase } from '#app/db/prepare-database.server.ts'

/** Brings roles and schema of DATABASE_URL, or of the embedded database, up to date. */
runMain(async () => {
  try {
    const { applied, notes, stop } = await prepareDatabase()
    await stop()
    for (const name of applied) process.stdout.write(`applied ${name}\n`)
    for (const note of notes) process.stdout.write(`note: ${note}\n`)
    process.stdout.write(`${applied.length} applied, the schema is up to date\n`)
    return 0
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
})
