import { parseArgs } from 'node:util'
import { appSecret, databaseUrls, provideEnvironment } from '#app/config/env.server.ts'
import { runMain } from '#app/config/run-main.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { startEmbeddedPostgres } from '#app/db/embedded-postgres.server.ts'
import { migrate } from '#app/db/migrate/migrate.server.ts'
import { ensureRoles } from '#app/db/roles.server.ts'
import { killPayments } from '#tests/faults/payments/payment-driver.ts'

/** Payments under faults, our books held against the gateway's: `npm run test:payments -- --checkouts 10000 --kills 100 --seed 4921`. */
runMain(async () => {
  const { values } = parseArgs({
    options: {
      checkouts: { type: 'string', default: '10000' },
      kills: { type: 'string' },
      workers: { type: 'string', default: '4' },
      seed: { type: 'string' },
    },
  })
  const checkouts = Number(values.checkouts)
  const kills = Number(values.kills ?? Math.ceil(checkouts / 100))
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
  const print = (line: string) => process.stdout.write(`${line}\n`)
  print(`${checkouts} checkouts, ${kills} kills, seed ${seed}`)

  const server = await startEmbeddedPostgres({ ephemeral: true })
  const started = Date.now()
  try {
    provideEnvironment({ DATABASE_URL: server.url, APP_SECRET: server.secret, LOG_LEVEL: 'silent' })
    await ensureRoles({ adminUrl: server.url, secret: appSecret() })
    await migrate(databaseUrls().owner)
    const report = await killPayments({ checkouts, kills, workers: Number(values.workers), seed, print })
    const { attempts, payments, dropped, doubledWebhooks, delayedWebhooks } = report
    print(`${attempts} attempts, ${payments} payments, ${report.kills} kills, ${Math.round((Date.now() - started) / 1000)} s`)
    print(`${dropped} answers dropped, ${doubledWebhooks} webhooks doubled, ${delayedWebhooks} delayed by 25 hours`)
    print(`captured at the gateway ${report.capturedThere}, recorded ${report.capturedHere}, in the ledger ${report.inLedger} (EUR cents)`)
    for (const line of [...report.different, ...report.doubled, ...report.unknown].slice(0, 20)) print(line)
    print(`${report.different.length} different, ${report.doubled.length} doubled, ${report.unknown.length} unknown`)
    return report.different.length + report.doubled.length + report.unknown.length === 0 ? 0 : 1
  } finally {
    await closeDatabase()
    await server.stop()
  }
})
