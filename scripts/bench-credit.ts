import { parseArgs } from 'node:util'
import { appSecret, databaseUrls, provideEnvironment } from '#app/config/env.server.ts'
import { runMain } from '#app/config/run-main.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { startEmbeddedPostgres } from '#app/db/embedded-postgres.server.ts'
import { migrate } from '#app/db/migrate/migrate.server.ts'
import { ensureRoles } from '#app/db/roles.server.ts'
import { measureCredit } from '#tests/bench/measure-credit.ts'

/**
 * Credit decisions per second by 16 workers at once, on 1,000 accounts and on a single one, beside the bare conditional update of the
 * same rows. Prints one JSON line for each; see docs/how-to/benchmarks.md.
 */
async function benchCredit(): Promise<number> {
  const { values } = parseArgs({
    options: {
      decisions: { type: 'string', default: '8000' },
      accounts: { type: 'string', default: '1000' },
      workers: { type: 'string', default: '16' },
    },
  })
  const [decisions, workers] = [Number(values.decisions), Number(values.workers)]
  const server = await startEmbeddedPostgres({ ephemeral: true })
  try {
    provideEnvironment({ DATABASE_URL: server.url, APP_SECRET: server.secret })
    await ensureRoles({ adminUrl: databaseUrls().admin, secret: appSecret() })
    await migrate(databaseUrls().owner)
    for (const accounts of [Number(values.accounts), 1]) {
      process.stdout.write(`${JSON.stringify({ workers, ...(await measureCredit({ accounts, decisions, workers })) })}\n`)
    }
    return 0
  } finally {
    await closeDatabase()
    await server.stop()
  }
}

runMain(benchCredit)
