import { holds, pathEquality, valueAt } from './expression.ts'
import type { Operation, RunEvent, StepError } from './protocol.ts'
import { endWait, type LockedRun, lockRun, saveStep, startRun } from './runs.server.ts'
import { dueAt } from './time.ts'
import { type Runtime, transact, type Work } from './work.server.ts'

const batchSize = 100

type Wait = { runId: string; stepId: string; name: string; operation: Operation; isRace: boolean }
type EventCondition = { event: string; condition: string | null; matchPath: readonly string[] | null; matchValue: unknown }

/** Puts a step to sleep until an instant, an event or the end of another run. False when it has failed already. */
export async function planWait(work: Work, run: LockedRun, wait: Wait): Promise<boolean> {
  const { op, opts, name } = wait.operation
  try {
    if (op === 'Sleep') await storeWait(work, wait, 'sleep', dueAt(name ?? '', work.now))
    else if (op === 'WaitForEvent') await storeWait(work, wait, 'event', timeoutOf(work, opts?.timeout), conditionOf(run, wait.operation))
    else await invoke(work, wait)
    return true
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    await saveStep(work, { ...wait, op, error: { name: 'Error', message: error.message } })
    return false
  }
}

/** A step asks for something this executor cannot do: its own failure, not the executor's. */
class StepRefused extends Error {}

function timeoutOf(work: Work, timeout: unknown): Date | undefined {
  return typeof timeout === 'string' ? dueAt(timeout, work.now) : undefined
}

function conditionOf(run: LockedRun, { name, opts }: Operation): EventCondition {
  const condition = typeof opts?.if === 'string' ? opts.if : null
  try {
    const match = condition === null ? undefined : pathEquality(condition)
    const matchValue = match && valueAt(run.event, match.eventPath)
    return { event: name ?? '', condition, matchPath: match?.asyncPath ?? null, matchValue: matchValue ?? null }
  } catch (error) {
    throw new StepRefused((error as Error).message)
  }
}

async function storeWait(
  work: Work,
  wait: Wait,
  kind: 'sleep' | 'event' | 'invoke',
  due: Date | undefined,
  on?: EventCondition,
): Promise<void> {
  await work.db.query(
    `insert into jobs.waits (run_id, step_id, name, kind, is_race, due_at, event_name, condition, match_path, match_value)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict on constraint waits_pkey do nothing`,
    [
      wait.runId,
      wait.stepId,
      wait.name,
      kind,
      wait.isRace,
      due,
      on?.event,
      on?.condition,
      on?.matchPath,
      on?.matchPath ? JSON.stringify(on.matchValue) : null,
    ],
  )
}

async function invoke(work: Work, wait: Wait): Promise<void> {
  const { opts } = wait.operation
  const functionId = String(opts?.function_id)
  const config = work.functions.get(functionId)
  if (!config) throw new StepRefused(`The invoked function "${functionId}" does not exist`)
  const { data } = (opts?.payload ?? {}) as { data?: unknown }
  const event: RunEvent = { id: `${wait.runId}:${wait.stepId}`, name: 'inngest/function.invoked', data: data ?? {}, ts: work.now.getTime() }
  const isStarted = await startRun(work, config, event, { runId: wait.runId, stepId: wait.stepId })
  // The same step never gets here twice, so only an idempotency key can refuse the start.
  if (!isStarted) throw new StepRefused(`"${functionId}" was invoked with an idempotency key that is in use`)
  await storeWait(work, wait, 'invoke', timeoutOf(work, opts?.timeout))
}

/** Ends what is due: sleeps are over, awaited events and invoked runs did not come in time. Returns how many. */
export async function endDueWaits(runtime: Runtime): Promise<number> {
  const { rows } = await runtime.pool.query<{ run_id: string; step_id: string; name: string; kind: string }>(
    'select run_id, step_id, name, kind from jobs.waits where due_at <= $1 order by due_at limit $2',
    [runtime.now(), batchSize],
  )
  for (const row of rows) {
    await transact(runtime, async (work) => {
      if (!(await lockRun(work, row.run_id))) return
      await endWait(work, { runId: row.run_id, stepId: row.step_id }, row.kind === 'invoke' ? { error: tooLate(row.name) } : { data: null })
    })
  }
  return rows.length
}

function tooLate(name: string): StepError {
  return { name: 'InngestInvokeTimeoutError', message: `The function invoked by "${name}" did not end in time` }
}

/** Hands `event` to the steps that wait for it. */
export async function endWaitsFor(work: Work, event: RunEvent): Promise<void> {
  const { rows } = await work.db.query<{ run_id: string; step_id: string; condition: string | null }>(
    `select run_id, step_id, condition from jobs.waits
     where event_name = $1 and (match_path is null or match_value = $2::jsonb #> match_path)
     order by run_id, step_id`,
    [event.name, JSON.stringify(event)],
  )
  for (const row of rows) {
    const run = await lockRun(work, row.run_id)
    if (!run || !holds(row.condition, { event: run.event, async: event })) continue
    await endWait(work, { runId: row.run_id, stepId: row.step_id }, { data: event })
  }
}
