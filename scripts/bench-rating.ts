import { parseArgs } from 'node:util'
import pg from 'pg'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { appSecret, databaseUrls, provideEnvironment } from '#app/config/env.server.ts'
import { runMain } from '#app/config/run-main.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { startEmbeddedPostgres } from '#app/db/embedded-postgres.server.ts'
import { migrate } from '#app/db/migrate/migrate.server.ts'
import { ensureRoles } from '#app/db/roles.server.ts'
import { buildCompany } from '#tests/bench/company.ts'
import { measureHandDown } from '#tests/bench/hand-down.ts'
import { measureInMemory } from '#tests/bench/in-memory.ts'
import { type RatedStep, rateAtBothLevels } from '#tests/bench/rate-usage.ts'
import { type Note, peakMb } from '#tests/bench/timed.ts'

/**
 * Usage records per second from usage_records to persisted charges at two levels, beside PostgreSQL inserting the same charges by
 * `insert … select`. Prints the steps to stderr and one JSON line to stdout; see docs/how-to/benchmarks.md.
 */
async function benchRating(): Promise<void> {
  const { values } = parseArgs({
    options: { records: { type: 'string', default: '100000' }, 'one-worker': { type: 'boolean', default: false } },
  })
  const note: Note = (text) => void process.stderr.write(`${text}\n`)
  const server = await startEmbeddedPostgres({ ephemeral: true })
  try {
    provideEnvironment({ DATABASE_URL: server.url, APP_SECRET: server.secret })
    await ensureRoles({ adminUrl: databaseUrls().admin, secret: appSecret() })
    await migrate(databaseUrls().owner)
    setClock(fixedClock('2026-07-02T00:00:00Z'))
    process.stdout.write(`${JSON.stringify(await measure(Number(values.records), !values['one-worker'], note))}\n`)
  } finally {
    await closeDatabase()
    await server.stop()
  }
}

async function measure(records: number, isParallel: boolean, note: Note) {
  const admin = new pg.Client({ connectionString: databaseUrls().admin })
  await admin.connect()
  try {
    const company = await buildCompany()
    const scaling: RatedStep[] = []
    for (const size of sizesUpTo(records)) {
      scaling.push(await rateAtBothLevels({ admin, company, note }, { records: size, isParallel }))
    }
    const last = scaling.at(-1) as RatedStep
    const peakRssMb = peakMb()
    await measureHandDown(admin, company, note)
    return {
      recordsPerSecond: last.recordsPerSecond,
      baselineRowsPerSecond: last.baselineRowsPerSecond,
      ratio: last.ratio,
      peakRssMb,
      inMemoryRecordsPerSecond: await measureInMemory(company, note),
      scaling: scaling.map(({ records, recordsPerSecond, ratio }) => ({ records, recordsPerSecond, ratio })),
    }
  } finally {
    await admin.end()
  }
}

/** Ten thousand, a hundred thousand and so many. */
function sizesUpTo(records: number): number[] {
  return [...[10_000, 100_000].filter((size) => size < records), records]
}

runMain(benchRating)
