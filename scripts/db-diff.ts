import { runMain } from '#app/config/run-main.server.ts'
import { diffMigrationsToSchema } from '#app/db/migrate/diff.server.ts'

/** Prints the SQL that leads from the migrations to prisma/schema.prisma. Nothing: they agree. */
runMain(async () => {
  const sql = await diffMigrationsToSchema()
  if (sql) process.stdout.write(`${sql}\n`)
  return 0
})
