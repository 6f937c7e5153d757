import type { Queryable } from './connection.server.ts'
import { discoveryStepId, type StepError } from './protocol.ts'

export type RunState = 'queued' | 'running' | 'retrying' | 'waiting' | 'completed' | 'failed' | 'cancelled'

export type RunRow = {
  readonly id: string
  readonly functionId: string
  readonly state: RunState
  readonly tenantId: string | null
  readonly eventName: string
  /** The most tries that any of its calls took. */
  readonly attempts: number
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  readonly error: StepError | null
}

export type StepRow = { readonly name: string; readonly op: string; readonly finishedAt: Date; readonly error: StepError | null }

/** Runs of one tenant, or of all when `tenantId` is null. `before` is the last row of the page before. */
export type RunFilter = {
  readonly tenantId: string | null
  readonly state?: RunState
  readonly functionId?: string
  readonly before?: { readonly createdAt: Date; readonly id: string }
  readonly limit: number
}

const stateOf = `case
  when r.state <> 'running' then r.state
  when r.started_at is null then 'queued'
  when exists (select from jobs.calls c where c.run_id = r.id and c.state = 'delayed') then 'retrying'
  when not exists (select from jobs.calls c where c.run_id = r.id) then 'waiting'
  else 'running' end`

const runColumns = `id, "functionId", state, "tenantId", "eventName", attempts, "createdAt", "startedAt", "finishedAt", error`

const runsWithState = `select r.id, r.function_id as "functionId", ${stateOf} as state, r.tenant_id as "tenantId",
  r.event->>'name' as "eventName", r.attempts, r.created_at as "createdAt", r.started_at as "startedAt",
  r.finished_at as "finishedAt", r.error
  from jobs.runs r`

/** Runs, newest first. For role livery_system or livery_jobs. */
export async function listRuns(db: Queryable, filter: RunFilter): Promise<RunRow[]> {
  const { rows } = await db.query<RunRow>(
    `select ${runColumns} from (${runsWithState}
       where ($1::uuid is null or r.tenant_id = $1) and ($2::text is null or r.function_id = $2)
         and ($3::timestamptz is null or (r.created_at, r.id) < ($3, $4::uuid))
     ) as runs
     where $5::text is null or state = $5
     order by "createdAt" desc, id desc limit $6`,
    [
      filter.tenantId,
      filter.functionId ?? null,
      filter.before?.createdAt ?? null,
      filter.before?.id ?? null,
      filter.state ?? null,
      filter.limit,
    ],
  )
  return rows
}

/** One run with the steps it has ended, in their order; undefined when it is not there or not `tenantId`'s. */
export async function findRun(db: Queryable, id: string, tenantId: string | null): Promise<{ run: RunRow; steps: StepRow[] } | undefined> {
  const { rows } = await db.query<RunRow>(`${runsWithState} where r.id = $1 and ($2::uuid is null or r.tenant_id = $2)`, [id, tenantId])
  if (!rows[0]) return undefined
  const steps = await db.query<StepRow>(
    'select name, op, finished_at as "finishedAt", error from jobs.steps where run_id = $1 order by position',
    [id],
  )
  return { run: rows[0], steps: steps.rows }
}

/** How many runs are in each state, and whether batch work is suspended. */
export async function summariseRuns(
  db: Queryable,
  tenantId: string | null,
): Promise<{ counts: Partial<Record<RunState, number>>; isPaused: boolean }> {
  const { rows } = await db.query<{ state: RunState; count: number }>(
    `select state, count(*)::int as count from (${runsWithState} where $1::uuid is null or r.tenant_id = $1) as runs group by state`,
    [tenantId],
  )
  return { counts: Object.fromEntries(rows.map(({ state, count }) => [state, count])), isPaused: await isPaused(db) }
}

/** Whether batch work is suspended. */
export async function isPaused(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ is_paused: boolean }>('select is_paused from jobs.settings')
  return rows[0]?.is_paused ?? false
}

/** Suspends all batch work, or lets it go on. Steps that run end; events are still kept. For role livery_system or livery_jobs. */
export async function setPaused(db: Queryable, isPaused: boolean, now: Date): Promise<void> {
  await db.query('update jobs.settings set is_paused = $1, changed_at = $2', [isPaused, now])
}

/**
 * Runs a failed run again: its successful steps keep their outcomes, the failed ones are made anew. False when it is not
 * there, not `tenantId`'s, or not failed. Only for role livery_jobs.
 */
export async function retryRun(db: Queryable, id: string, tenantId: string | null, now: Date): Promise<boolean> {
  const { rowCount } = await db.query(
    `with retried as (
       update jobs.runs set state = 'running', error = null, finished_at = null
       where id = $1 and state = 'failed' and ($2::uuid is null or tenant_id = $2) returning id
     ), forgotten as (
       delete from jobs.steps where run_id in (select id from retried) and error is not null
     )
     insert into jobs.calls (run_id, step_id, name, state, is_race, due_at)
     select id, $3, $3, 'delayed', false, $4::timestamptz from retried`,
    [id, tenantId, discoveryStepId, now],
  )
  return rowCount === 1
}
