import type { Logger } from 'inngest'
import { inTransaction, type Pool, type Queryable } from './connection.server.ts'
import type { FunctionConfig } from './function-config.ts'
import type { CallQueue } from './queue.server.ts'

/** What one transaction of the executor is given. `now` is the same for all it writes. */
export type Work = {
  readonly db: Queryable
  readonly queue: CallQueue
  readonly functions: ReadonlyMap<string, FunctionConfig>
  readonly now: Date
  /** Milliseconds until the try after `attempt`, which counts from 0. */
  readonly retryDelayMs: (attempt: number) => number
}

/** Places where a test may stop or kill the worker. */
export type Point = 'leased' | 'answered' | 'before-commit' | 'committed' | 'lease-refused'

/** One worker: its connections, its functions, its clock. */
export type Runtime = {
  readonly pool: Pool
  readonly queue: CallQueue
  readonly functions: ReadonlyMap<string, FunctionConfig>
  readonly now: () => Date
  readonly retryDelayMs: (attempt: number) => number
  readonly worker: string
  readonly leaseMs: number
  readonly log: Logger
  readonly atPoint: (point: Point) => Promise<void>
}

/** Runs `work` in one transaction of `runtime`. */
export function transact<T>(runtime: Runtime, work: (given: Work) => Promise<T>): Promise<T> {
  const { queue, functions, retryDelayMs } = runtime
  return inTransaction(runtime.pool, (db) => work({ db, queue, functions, retryDelayMs, now: runtime.now() }))
}
