import { parseArgs } from 'node:util'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { appSecret, databaseUrls, provideEnvironment } from '#app/config/env.server.ts'
import { runMain } from '#app/config/run-main.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { startEmbeddedPostgres } from '#app/db/embedded-postgres.server.ts'
import { migrate } from '#app/db/migrate/migrate.server.ts'
import { ensureRoles } from '#app/db/roles.server.ts'
import { insertSelect } from '#tests/bench/insert-select.ts'
import { buildBench, runPipeline } from '#tests/bench/rating-pipeline.ts'

/**
 * Usage records per second through mediate → rate → persist at two edges (a provider and its reseller), beside PostgreSQL
 * inserting the same rows into the same tables by `insert … select`. Prints the steps to stderr, one JSON line to stdout.
 */
async function benchRating(): Promise<void> {
  const { values } = parseArgs({ options: { records: { type: 'string', default: '40000' } } })
  const note = (text: string) => void process.stderr.write(`${text}\n`)
  const server = await startEmbeddedPostgres({ ephemeral: true })
  try {
    provideEnvironment({ DATABASE_URL: server.url, APP_SECRET: server.secret })
    await ensureRoles({ adminUrl: databaseUrls().admin, secret: appSecret() })
    await migrate(databaseUrls().owner)
    setClock(fixedClock('2026-07-02T00:00:00Z'))

    const bench = await buildBench(Number(values.records), note)
    const pipeline = await runPipeline(bench, note)
    const baseline = await insertSelect(bench, note)
    const recordsPerSecond = Math.round(bench.records / pipeline.seconds)
    const baselineRowsPerSecond = Math.round(bench.records / baseline.seconds)
    process.stdout.write(
      `${JSON.stringify({ recordsPerSecond, baselineRowsPerSecond, ratio: Number((recordsPerSecond / baselineRowsPerSecond).toFixed(3)) })}\n`,
    )
  } finally {
    await closeDatabase()
    await server.stop()
  }
}

runMain(benchRating)
