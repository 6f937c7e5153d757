import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runMain } from '#app/config/run-main.server.ts'
import { diffMigrationsToSchema } from '#app/db/migrate/diff.server.ts'
import { prismaFolder } from '#app/db/migrate/migration-files.server.ts'

/** Starts a migration with what prisma/schema.prisma has and the migrations have not; the rest is written by hand. */
runMain(async () => {
  const name = process.argv[2]
  if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
    process.stderr.write('usage: npm run db:new-migration -- name_of_the_change\n')
    return 2
  }
  const sql = await diffMigrationsToSchema()
  const timestamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const folder = join(prismaFolder, 'migrations', `${timestamp}_${name}`)
  await mkdir(folder)
  await writeFile(join(folder, 'migration.sql'), sql ? `${sql}\n` : '')
  process.stdout.write(`${join(folder, 'migration.sql')}\n`)
  return 0
})
