import { v7 as uuidv7 } from 'uuid'
import { requestCall } from './calls.server.ts'
import { concurrencyOf } from './concurrency.server.ts'
import { evaluate, parseExpression } from './expression.ts'
import type { FunctionConfig } from './function-config.ts'
import { discoveryStepId, type RunEvent, type StepError } from './protocol.ts'
import type { Work } from './work.server.ts'

const idempotencyMs = 24 * 3_600_000
const failureSuffix = '-failure'
const failedEvent = 'inngest/function.failed'

/** A run under its row lock. */
export type LockedRun = {
  readonly id: string
  readonly functionId: string
  readonly event: RunEvent
  readonly tenantId: string | null
  readonly parentRunId: string | null
  readonly parentStepId: string | null
}

export type Parent = { readonly runId: string; readonly stepId: string }
export type RunEnd =
  | { readonly state: 'completed'; readonly output: unknown }
  | { readonly state: 'failed' | 'cancelled'; readonly error: StepError }

/**
 * Starts `config` for `event`, once: false when this event started it before, or when its idempotency key is taken.
 * `parent` is the step that invoked it.
 */
export async function startRun(work: Work, config: FunctionConfig, event: RunEvent, parent?: Parent): Promise<boolean> {
  const id = uuidv7()
  if (!(await takeIdempotencyKey(work, config, event, id))) return false
  const { keys, limits } = concurrencyOf(config, event)
  const { rowCount } = await work.db.query(
    `insert into jobs.runs (id, function_id, state, tenant_id, event_id, event, parent_run_id, parent_step_id,
       concurrency_keys, concurrency_limits, created_at)
     values ($1, $2, 'running', $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict on constraint runs_function_event_key do nothing`,
    [id, config.id, tenantOf(event), event.id, JSON.stringify(event), parent?.runId, parent?.stepId, keys, limits, work.now],
  )
  if (rowCount === 0) return false
  await requestCall(work, { runId: id, stepId: discoveryStepId, name: discoveryStepId, isRace: false })
  return true
}

async function takeIdempotencyKey(work: Work, config: FunctionConfig, event: RunEvent, runId: string): Promise<boolean> {
  if (config.idempotency === undefined) return true
  const value = evaluate(parseExpression(config.idempotency), { event })
  if (value === undefined || value === null) return true
  const { rowCount } = await work.db.query(
    `insert into jobs.idempotency_keys (function_id, key, run_id, expires_at) values ($1, $2, $3, $4)
     on conflict (function_id, key) do update set run_id = excluded.run_id, expires_at = excluded.expires_at
       where idempotency_keys.expires_at <= $5`,
    [config.id, String(value), runId, new Date(work.now.getTime() + idempotencyMs), work.now],
  )
  return rowCount === 1
}

/** The tenant an event names, if it names one. */
function tenantOf(event: { readonly data: unknown }): string | null {
  const { tenantId } = (event.data ?? {}) as { tenantId?: unknown }
  return typeof tenantId === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenantId) ? tenantId : null
}

/** Locks a run that has not ended. Whoever changes a run's steps, waits or calls holds this lock. */
export async function lockRun(work: Work, runId: string): Promise<LockedRun | undefined> {
  const { rows } = await work.db.query<LockedRun>(
    `select id, function_id as "functionId", event, tenant_id as "tenantId", parent_run_id as "parentRunId", parent_step_id as "parentStepId"
     from jobs.runs where id = $1 and state = 'running' for update`,
    [runId],
  )
  return rows[0]
}

/** Ends a run: nothing of it is called any more, and whoever invoked it learns how it ended. */
export async function endRun(work: Work, run: LockedRun, end: RunEnd): Promise<void> {
  const [output, error] = end.state === 'completed' ? [end.output ?? null, null] : [null, end.error]
  await work.db.query('update jobs.runs set state = $2, output = $3, error = $4, finished_at = $5 where id = $1', [
    run.id,
    end.state,
    end.state === 'completed' ? JSON.stringify(output) : null,
    error && JSON.stringify(error),
    work.now,
  ])
  await work.db.query('delete from jobs.calls where run_id = $1', [run.id])
  await work.db.query('delete from jobs.waits where run_id = $1', [run.id])
  if (end.state === 'failed' && !run.functionId.endsWith(failureSuffix)) await announceFailure(work, run, end.error)
  if (run.parentRunId && run.parentStepId && (await lockRun(work, run.parentRunId))) {
    await endWait(work, { runId: run.parentRunId, stepId: run.parentStepId }, error ? { error } : { data: output })
  }
}

async function announceFailure(work: Work, run: LockedRun, error: StepError): Promise<void> {
  const data = { function_id: run.functionId, run_id: run.id, error, event: run.event }
  await storeEvents(work, [{ id: `${run.id}:failed:${work.now.getTime()}`, name: failedEvent, data, ts: work.now.getTime() }], run.tenantId)
}

/** Stores events to be matched with functions; an id that is there already is the same event. */
export async function storeEvents(work: Pick<Work, 'db' | 'now'>, events: readonly RunEvent[], tenantId?: string | null): Promise<void> {
  for (const event of events) {
    await work.db.query(
      `insert into jobs.events (id, name, data, tenant_id, occurred_at, received_at) values ($1, $2, $3, $4, $5, $6)
       on conflict on constraint events_pkey do nothing`,
      [event.id, event.name, JSON.stringify(event.data ?? {}), tenantId ?? tenantOf(event), new Date(event.ts), work.now],
    )
  }
}

/** Memoises the outcome of a step. The first one stays: a step that ran twice counts once. */
export async function saveStep(
  work: Work,
  step: { runId: string; stepId: string; name: string; op: string; data?: unknown; error?: StepError },
): Promise<void> {
  await work.db.query(
    `insert into jobs.steps (run_id, id, name, op, data, error, finished_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict on constraint steps_pkey do nothing`,
    [
      step.runId,
      step.stepId,
      step.name,
      step.op,
      step.error ? null : JSON.stringify(step.data ?? null),
      step.error ? JSON.stringify(step.error) : null,
      work.now,
    ],
  )
}

/** Ends a wait with its outcome and lets the run go on. Harmless when the wait is gone. The run must be locked. */
export async function endWait(
  work: Work,
  wait: { runId: string; stepId: string },
  outcome: { data: unknown } | { error: StepError },
): Promise<void> {
  const { rows } = await work.db.query<{ name: string; kind: string; is_race: boolean }>(
    'delete from jobs.waits where run_id = $1 and step_id = $2 returning name, kind, is_race',
    [wait.runId, wait.stepId],
  )
  const ended = rows[0]
  if (!ended) return
  await saveStep(work, { ...wait, name: ended.name, op: ended.kind, ...outcome })
  await goOn(work, wait.runId, ended.is_race)
}

/** After a step of a parallel group the run goes on when the whole group has ended, or at once when it races. */
export async function goOn(work: Work, runId: string, isRace: boolean): Promise<void> {
  const { rowCount } = await work.db.query(
    `select from jobs.calls where run_id = $1 and step_id <> $2 union all select from jobs.waits where run_id = $1 limit 1`,
    [runId, discoveryStepId],
  )
  if (rowCount === 0 || isRace) await requestCall(work, { runId, stepId: discoveryStepId, name: discoveryStepId, isRace: false })
}
