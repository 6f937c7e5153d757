import { runMain } from '#app/config/run-main.server.ts'
import { startJobs } from '#app/jobs/start.server.ts'
import { closeAdapters } from '#app/wiring.server.ts'

/** A worker: runs background work until it is asked to stop, then ends the steps that run and leaves the rest to others. */
runMain(async () => {
  const worker = await startJobs()
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })
  await worker.stop()
  await closeAdapters()
  return 0
})
