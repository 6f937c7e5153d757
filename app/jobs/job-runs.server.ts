import { clock } from '#app/config/clock.server.ts'
import { databaseUrls } from '#app/config/env.server.ts'
import { openPool } from './runtime/connection.server.ts'
import { listRuns, type RunRow, type RunState, retryRun, setPaused, summariseRuns } from './runtime/read-model.server.ts'

export type JobRun = Omit<RunRow, 'error' | 'tenantId'> & {
  /** First line of the failure; null while there is none. */
  readonly failure: string | null
}
export type JobRunList = {
  readonly rows: readonly JobRun[]
  readonly nextCursor: string | null
  readonly counts: readonly { readonly state: RunState; readonly count: number }[]
  /** Whether batch work is suspended for maintenance. */
  readonly isSuspended: boolean
}
export type JobRunFilter = {
  readonly state?: RunState | undefined
  readonly functionId?: string | undefined
  readonly cursor?: string | null
}

const pageSize = 50
let pool: ReturnType<typeof openPool> | undefined

/** The runs of one tenant, or of all when `scope` is null, newest first, with how many are in each state. */
export async function listJobRuns(scope: string | null, filter: JobRunFilter): Promise<JobRunList> {
  const before = readCursor(filter.cursor)
  const runs = await listRuns(database(), {
    tenantId: scope,
    limit: pageSize,
    ...(filter.state ? { state: filter.state } : {}),
    ...(filter.functionId ? { functionId: filter.functionId } : {}),
    ...(before ? { before } : {}),
  })
  const { counts, isPaused } = await summariseRuns(database(), scope)
  const last = runs.length === pageSize ? runs.at(-1) : undefined
  return {
    rows: runs.map(toJobRun),
    nextCursor: last ? `${last.createdAt.toISOString()}_${last.id}` : null,
    counts: Object.entries(counts).map(([state, count]) => ({ state: state as RunState, count })),
    isSuspended: isPaused,
  }
}

/** How many runs have failed for good. */
export async function countFailedJobs(scope: string | null): Promise<number> {
  const { counts } = await summariseRuns(database(), scope)
  return counts.failed ?? 0
}

/** Runs a failed run again, keeping the steps that succeeded; false when it is not there, not in scope, or not failed. */
export function retryJobRun(scope: string | null, runId: string): Promise<boolean> {
  return retryRun(database(), runId, scope, clock.now())
}

/** Suspends all batch work of the installation, or lets it go on. */
export function suspendJobs(isSuspended: boolean): Promise<void> {
  return setPaused(database(), isSuspended, clock.now())
}

function database(): ReturnType<typeof openPool> {
  pool ??= openPool(databaseUrls().jobs, 2)
  return pool
}

function toJobRun({ error, tenantId: _tenantId, ...run }: RunRow): JobRun {
  return { ...run, failure: error?.message?.split('\n')[0]?.slice(0, 300) ?? null }
}

function readCursor(cursor: string | null | undefined): { createdAt: Date; id: string } | undefined {
  const match = /^(\d{4}-[\dT:.-]+Z)_([\w-]{10,64})$/.exec(cursor ?? '')
  return match?.[1] && match[2] ? { createdAt: new Date(match[1]), id: match[2] } : undefined
}
