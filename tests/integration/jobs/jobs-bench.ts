import type { InngestFunction, Logger } from 'inngest'
import { createClient } from '#app/jobs/client.server.ts'
import { type JobsWorker, startWorker, type WorkerOptions } from '#app/jobs/runtime/worker.server.ts'
import type { JobsDatabase } from './jobs-database.ts'

export type TestClient = ReturnType<typeof createClient>
export type Define = (client: TestClient) => InngestFunction.Any[]

const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Starts a worker with functions of the test's own, quick enough to wait for. */
export function startTestWorker(database: JobsDatabase, define: Define, options: Partial<WorkerOptions> = {}): Promise<JobsWorker> {
  const client = createClient('test', silent)
  return startWorker({
    databaseUrl: database.jobsUrl,
    secret: 'a secret of at least thirty-two characters',
    client,
    functions: define(client),
    log: silent,
    pollMs: 20,
    leaseMs: 5000,
    retryDelayMs: () => 10,
    ...options,
  })
}

/** A clock that tests move by hand. */
export function movableClock(instant: string) {
  let at = new Date(instant)
  return {
    now: () => at,
    forward(milliseconds: number): void {
      at = new Date(at.getTime() + milliseconds)
    },
  }
}

/** Waits until `probe` answers something, asking every few milliseconds. */
export async function until<T>(probe: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = Date.now() + 45_000
  while (Date.now() < deadline) {
    const found = await probe()
    if (found !== undefined && found !== false) return found
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('what the test waits for did not happen within 45 seconds')
}

/** The one run of `functionId` once it is in `state`. */
export function runIn(database: JobsDatabase, functionId: string, state: string) {
  return until(async () => {
    const { rows } = await database.pool.query<{
      id: string
      output: unknown
      error: { name: string; message: string } | null
      attempts: number
    }>('select id, output, error, attempts from jobs.runs where function_id = $1 and state = $2', [functionId, state])
    return rows[0]
  })
}
