import { clock } from '#app/config/clock.server.ts'
import { appSecret, databaseUrls, environment } from '#app/config/env.server.ts'
import { inngest } from './client.server.ts'
import { functions } from './functions.server.ts'
import { jobsLog } from './log.server.ts'
import { startRelay } from './runtime/relay.server.ts'
import { type JobsWorker, startWorker } from './runtime/worker.server.ts'

const publicInngest = 'https://inn.gs'

/**
 * Starts the background work of this process. Without an Inngest server: a worker of the embedded executor. With
 * INNGEST_EVENT_KEY set: only the relay that posts events to that server, which then calls `/api/inngest` itself.
 */
export async function startJobs(): Promise<JobsWorker> {
  const databaseUrl = databaseUrls().jobs
  const now = () => clock.now()
  const { INNGEST_EVENT_KEY: eventKey, INNGEST_BASE_URL: baseUrl } = environment()
  if (eventKey) return startRelay({ databaseUrl, eventKey, baseUrl: baseUrl ?? publicInngest, log: jobsLog, now })
  return startWorker({ databaseUrl, secret: appSecret(), client: inngest, functions, log: jobsLog, now })
}
