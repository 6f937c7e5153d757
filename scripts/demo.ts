import { parseArgs } from 'node:util'
import { environment, provideEnvironment } from '#app/config/env.server.ts'
import { runMain } from '#app/config/run-main.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { prepareDatabase } from '#app/db/prepare-database.server.ts'
import { startJobs } from '#app/jobs/start.server.ts'
import { closeAdapters } from '#app/wiring.server.ts'
import { seedDemo } from '#prisma/seed/seed-demo.ts'
import { startCloudStackEmulator } from '#tests/support/cloudstack-emulator/server.ts'
import { monthBefore, runMainJob } from './demo/main-job.ts'
import { signIns, summaryTable } from './demo/print.ts'
import { serve } from './demo/serve.ts'
import { summarise } from './demo/summary.ts'

/**
 * The whole product from nothing: database, schema, seed, jobs, emulated cloud; bills last month at every level. Then it keeps
 * serving, or with `--once` prints what came of it (`--json`: as one object) and exits.
 */
runMain(async () => {
  const { values } = parseArgs({ options: { once: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } })
  provideEnvironment({ LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn' })
  const note = (text: string) => void process.stderr.write(`livery: ${text}\n`)
  const month = monthBefore(new Date())

  note('starting the database')
  const database = await prepareDatabase()
  const cloud = await startCloudStackEmulator({ month: month.name, seed: 1 })
  try {
    note('making sellers, customers, prices and servers')
    const sellers = await seedDemo({ monthStart: month.start, cloudEndpoint: cloud.endpoint })
    const worker = await startJobs()
    try {
      await runMainJob({ worker, sellers, month, note })
      const summary = await summarise(sellers, month)
      process.stdout.write(values.json ? `${JSON.stringify(summary)}\n` : `\n${summaryTable(summary)}\n`)
      if (!values.once)
        await serve({ port: environment().PORT, note, announce: (origin) => process.stdout.write(`\n${signIns(origin)}\n\n`) })
    } finally {
      await worker.stop()
      await closeAdapters()
    }
  } finally {
    await cloud.stop()
    await closeDatabase()
    await database.stop()
  }
  return 0
})
