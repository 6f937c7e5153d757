import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Inngest, InngestFunction, Logger } from 'inngest'
import { serve } from 'inngest/node'
import { startLoop } from './call-loop.server.ts'
import { openPool, type Pool } from './connection.server.ts'
import { registerCrons } from './crons.server.ts'
import { hasWork } from './due-work.server.ts'
import { eventEndpoint, eventPath } from './event-endpoint.server.ts'
import { HandlerClient, handlerPath, listenOnLoopback } from './handler.server.ts'
import { CallQueue } from './queue.server.ts'
import { executorKeys } from './signing.ts'
import { retryDelayMs } from './time.ts'
import type { Point, Runtime } from './work.server.ts'

export type WorkerOptions = {
  /** A connection as role livery_jobs. */
  readonly databaseUrl: string
  /** The installation's secret; the keys between executor and handler derive from it. */
  readonly secret: string
  readonly client: Inngest.Any
  readonly functions: readonly InngestFunction.Any[]
  readonly log: Logger
  /** Calls made at once by this worker. */
  readonly slots?: number
  /** How long a silent worker keeps its calls before another takes them over. */
  readonly leaseMs?: number
  readonly pollMs?: number
  /** How long `stop` waits for running steps. */
  readonly graceMs?: number
  readonly now?: () => Date
  readonly random?: () => number
  /** Milliseconds until the try after `attempt`, which counts from 0. */
  readonly retryDelayMs?: (attempt: number) => number
  /** Called, and waited for, at the places where a test kills the worker. */
  readonly atPoint?: (point: Point) => Promise<void>
}

export type JobsWorker = {
  /** Takes no further call and waits for the steps that run: a run stops at its next step and goes on elsewhere. */
  stop(): Promise<void>
  /** Resolves when nothing is left to do now; sleeping and waiting runs do not count, pending retries do. */
  idle(): Promise<void>
}

/** Starts one worker of the embedded executor. As many as wanted share a database. */
export async function startWorker(options: WorkerOptions): Promise<JobsWorker> {
  const { slots = 8, leaseMs = 30_000, pollMs = 200, graceMs = 30_000, now = () => new Date(), random = Math.random, log } = options
  const pool = openPool(options.databaseUrl, slots + 4, (error) => log.warn({ err: error }, 'lost a database connection'))
  const queue = new CallQueue(pool)
  const { server, handler } = await serveFunctions(options, pool, now)

  async function close(): Promise<void> {
    handler.close()
    await server.close()
    await pool.end()
  }

  async function prepare(): Promise<Runtime> {
    await queue.start()
    const runtime: Runtime = {
      pool,
      queue,
      functions: await handler.register(),
      now,
      retryDelayMs: options.retryDelayMs ?? ((attempt) => retryDelayMs(attempt, random)),
      worker: `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`,
      leaseMs,
      log,
      atPoint: options.atPoint ?? (async () => undefined),
    }
    await registerCrons(runtime)
    return runtime
  }

  const runtime = await prepare().catch(async (error: unknown) => {
    await close()
    throw error
  })
  const loop = startLoop(runtime, handler, { slots, pollMs })
  return {
    async stop() {
      await loop.stop(graceMs)
      await close()
    },
    async idle() {
      while (await hasWork(pool, now())) await new Promise((resolve) => setTimeout(resolve, pollMs / 4))
    },
  }
}

/** Puts the functions behind HTTP on loopback, and leads what they send to the executor's own event endpoint. */
async function serveFunctions({ client, functions, secret }: WorkerOptions, pool: Pool, now: () => Date) {
  const keys = executorKeys(secret)
  const server = await listenOnLoopback({
    [handlerPath]: serve({ client, functions: [...functions], servePath: handlerPath, enableUnauthedSync: false }),
    [eventPath]: eventEndpoint({ pool, eventKey: keys.eventKey, now }),
  })
  client.setEnvVars({
    INNGEST_SIGNING_KEY: keys.signingKey,
    INNGEST_EVENT_KEY: keys.eventKey,
    INNGEST_BASE_URL: server.origin,
    INNGEST_EVENT_API_BASE_URL: server.origin,
  })
  return { server, handler: new HandlerClient(server.origin, keys.signingKey) }
}
