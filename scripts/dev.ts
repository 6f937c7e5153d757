import { environment } from '#app/config/env.server.ts'
import { runMain } from '#app/config/run-main.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { prepareDatabase } from '#app/db/prepare-database.server.ts'
import { startJobs } from '#app/jobs/start.server.ts'
import { startWeb } from '#app/web/server/start-web.server.ts'

/** Pages from source beside a worker, on the database of the demo: `npm run demo -- --once` fills it. */
runMain(async () => {
  const stops: (() => Promise<unknown>)[] = []
  try {
    const database = await prepareDatabase()
    stops.push(database.stop, closeDatabase)
    const worker = await startJobs()
    stops.push(() => worker.stop())
    const web = await startWeb({ port: environment().PORT, isDevelopment: true })
    stops.push(web.stop)
    process.stdout.write(`http://meridian.${environment().BASE_DOMAIN}:${web.port}\n`)
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
    })
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
  return 0
})
