import { parseArgs } from 'node:util'
import pg from 'pg'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { appSecret, databaseUrls, provideEnvironment } from '#app/config/env.server.ts'
import { runMain } from '#app/config/run-main.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { startEmbeddedPostgres } from '#app/db/embedded-postgres.server.ts'
import { migrate } from '#app/db/migrate/migrate.server.ts'
import { ensureRoles } from '#app/db/roles.server.ts'
import { insertInvoicesAgain, setInvoicesAside } from '#tests/bench/insert-invoices.ts'
import { billBefore, measureBilling } from '#tests/bench/measure-billing.ts'
import { measureDocuments } from '#tests/bench/measure-documents.ts'
import { chargesEach, plantAccounts } from '#tests/bench/plant-accounts.ts'
import { type Note, peakMb, timed } from '#tests/bench/timed.ts'

/**
 * Invoices per second from open charges to numbered, ledger-posted documents, beside PostgreSQL writing the same rows by `insert … select`,
 * and documents per second by the pool of typesetters. Prints the steps to stderr and one JSON line to stdout; see
 * docs/how-to/benchmarks.md.
 */
async function benchBilling(): Promise<void> {
  const { values } = parseArgs({ options: { accounts: { type: 'string', default: '20000' } } })
  const note: Note = (text) => void process.stderr.write(`${text}\n`)
  const server = await startEmbeddedPostgres({ ephemeral: true })
  try {
    provideEnvironment({ DATABASE_URL: server.url, APP_SECRET: server.secret })
    await ensureRoles({ adminUrl: databaseUrls().admin, secret: appSecret() })
    await migrate(databaseUrls().owner)
    setClock(fixedClock('2026-07-01T08:00:00Z'))
    process.stdout.write(`${JSON.stringify(await measure(Number(values.accounts), note))}\n`)
  } finally {
    await closeDatabase()
    await server.stop()
  }
}

async function measure(accounts: number, note: Note) {
  const admin = new pg.Client({ connectionString: databaseUrls().admin })
  await admin.connect()
  try {
    const planted = await timed(() => plantAccounts(admin, accounts))
    const tenantId = planted.result
    note(`${accounts} accounts with ${chargesEach} charges each: planted in ${planted.seconds.toFixed(1)} s`)
    await billBefore(tenantId)
    // What autovacuum does within a minute.
    await admin.query('analyze')
    const billed = await measureBilling(tenantId, accounts, note)
    const peakRssMb = peakMb()
    const pdfPerSecond = await measureDocuments(tenantId, note)
    await setInvoicesAside(admin)
    const baseline = await insertInvoicesAgain(tenantId)
    note(`the same rows by insert … select: ${baseline.toFixed(2)} s`)
    return {
      invoicesPerSecond: Math.round(accounts / billed.seconds),
      baselineRatio: Number((baseline / billed.seconds).toFixed(3)),
      pdfPerSecond,
      peakRssMb,
    }
  } finally {
    await admin.end()
  }
}

runMain(benchBilling)
