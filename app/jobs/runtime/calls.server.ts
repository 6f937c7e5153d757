import { randomUUID } from 'node:crypto'
import { admit } from './concurrency.server.ts'
import type { FunctionConfig } from './function-config.ts'
import { discoveryStepId, type MemoisedStep, type RunEvent } from './protocol.ts'
import type { Runtime, Work } from './work.server.ts'

const unknownFunctionDelayMs = 5000

/** A call this worker holds: nobody else makes it until `leaseId` runs out. */
export type LeasedCall = {
  readonly runId: string
  readonly stepId: string
  readonly leaseId: string
  readonly attempt: number
  readonly takeovers: number
  readonly isRace: boolean
  readonly event: RunEvent
  readonly config: FunctionConfig
  readonly steps: readonly MemoisedStep[]
  readonly hasPendingSteps: boolean
}

type CallRow = {
  run_id: string
  step_id: string
  attempt: number
  takeovers: number
  is_race: boolean
  function_id: string
  event: RunEvent
  concurrency_keys: string[]
  concurrency_limits: number[]
  has_pending_steps: boolean
}

/** Asks for a call of `stepId` now. One that waits already is enough; one being made is made again when it ends. */
export async function requestCall(work: Work, call: { runId: string; stepId: string; name: string; isRace: boolean }): Promise<void> {
  const { rows } = await work.db.query<{ is_new: boolean }>(
    `insert into jobs.calls (run_id, step_id, name, state, is_race, due_at) values ($1, $2, $3, 'queued', $4, $5)
     on conflict (run_id, step_id) do update set is_again = true where calls.state = 'leased' and calls.step_id = $6
     returning xmax = 0 as is_new`,
    [call.runId, call.stepId, call.name, call.isRace, work.now, discoveryStepId],
  )
  if (rows[0]?.is_new) await work.queue.put(work.db, [{ runId: call.runId, stepId: call.stepId }])
}

/** Takes up to `limit` queued calls for `runtime`'s worker, as far as their concurrency keys have room. */
export async function leaseCalls(runtime: Runtime, work: Work, limit: number): Promise<LeasedCall[]> {
  const messages = await work.queue.take(work.db, limit)
  if (messages.length === 0) return []

  const rows = await lockQueuedCalls(work, messages)
  const known = rows.filter((row) => work.functions.has(row.function_id))
  const { admitted, refused } = await admit(work.db, known)
  await setState(work, refused, 'blocked', work.now)
  // A newer release may know the function; this worker does not.
  const unknown = rows.filter((row) => !work.functions.has(row.function_id))
  await setState(work, unknown, 'delayed', new Date(work.now.getTime() + unknownFunctionDelayMs))
  return lease(runtime, work, admitted)
}

async function lockQueuedCalls(work: Work, messages: readonly { runId: string; stepId: string }[]): Promise<CallRow[]> {
  const { rows } = await work.db.query<CallRow>(
    `select c.run_id, c.step_id, c.attempt, c.takeovers, c.is_race, r.function_id, r.event, r.concurrency_keys, r.concurrency_limits,
       exists (select from jobs.calls o where o.run_id = c.run_id and o.step_id <> $3)
         or exists (select from jobs.waits w where w.run_id = c.run_id) as has_pending_steps
     from jobs.calls c
     join jobs.runs r on r.id = c.run_id
     where (c.run_id, c.step_id) in (select * from unnest($1::uuid[], $2::text[])) and c.state = 'queued'
     order by c.run_id, c.step_id
     for update of c`,
    [messages.map(({ runId }) => runId), messages.map(({ stepId }) => stepId), discoveryStepId],
  )
  return rows
}

async function setState(work: Work, rows: readonly CallRow[], state: 'blocked' | 'delayed', dueAt: Date): Promise<void> {
  if (rows.length === 0) return
  await work.db.query(
    `update jobs.calls set state = $3, due_at = $4 where (run_id, step_id) in (select * from unnest($1::uuid[], $2::text[]))`,
    [rows.map((row) => row.run_id), rows.map((row) => row.step_id), state, dueAt],
  )
}

async function lease(runtime: Runtime, work: Work, rows: readonly CallRow[]): Promise<LeasedCall[]> {
  if (rows.length === 0) return []
  const leaseIds = rows.map(() => randomUUID())
  const runIds = rows.map((row) => row.run_id)
  await work.db.query(
    `update jobs.calls c set state = 'leased', lease_id = l.lease_id, lease_until = $4, worker = $5
     from unnest($1::uuid[], $2::text[], $3::uuid[]) as l (run_id, step_id, lease_id)
     where c.run_id = l.run_id and c.step_id = l.step_id`,
    [runIds, rows.map((row) => row.step_id), leaseIds, leaseEnd(runtime, work.now), runtime.worker],
  )
  await work.db.query('update jobs.runs set started_at = $2 where id = any($1::uuid[]) and started_at is null', [runIds, work.now])
  const steps = await work.db.query<MemoisedStep & { run_id: string }>(
    'select run_id, id, data, error from jobs.steps where run_id = any($1::uuid[]) order by position',
    [runIds],
  )
  return rows.flatMap((row, index) => {
    const config = work.functions.get(row.function_id)
    if (!config) return []
    const own = steps.rows.filter((step) => step.run_id === row.run_id)
    return [{ ...toCall(row), leaseId: leaseIds[index] ?? '', config, steps: own.map(({ id, data, error }) => ({ id, data, error })) }]
  })
}

function toCall(row: CallRow) {
  return {
    runId: row.run_id,
    stepId: row.step_id,
    attempt: row.attempt,
    takeovers: row.takeovers,
    isRace: row.is_race,
    event: row.event,
    hasPendingSteps: row.has_pending_steps,
  }
}

const leaseEnd = (runtime: Runtime, now: Date) => new Date(now.getTime() + runtime.leaseMs)

/** The heartbeat: the calls in work stay ours for another lease. */
export async function extendLeases(runtime: Runtime, leaseIds: readonly string[]): Promise<void> {
  if (leaseIds.length === 0) return
  await runtime.pool.query('update jobs.calls set lease_until = $2 where lease_id = any($1::uuid[])', [
    leaseIds,
    leaseEnd(runtime, runtime.now()),
  ])
}

/** Whether `leaseId` still holds the call. Locks it until the transaction ends. */
export async function holdsLease(work: Work, leaseId: string): Promise<boolean> {
  const { rowCount } = await work.db.query('select from jobs.calls where lease_id = $1 for update', [leaseId])
  return rowCount === 1
}

/** The call is done. A discovery that was asked for again meanwhile is queued again. */
export async function endCall(work: Work, call: LeasedCall): Promise<void> {
  const { rowCount } = await work.db.query(
    `update jobs.calls
     set state = 'queued', is_again = false, attempt = 0, takeovers = 0, due_at = $2, lease_id = null, lease_until = null, worker = null
     where lease_id = $1 and is_again`,
    [call.leaseId, work.now],
  )
  if (rowCount === 1) return work.queue.put(work.db, [{ runId: call.runId, stepId: call.stepId }])
  await work.db.query('delete from jobs.calls where lease_id = $1', [call.leaseId])
}

/** The call failed and is made again at `dueAt`, as the next attempt. */
export async function retryCall(work: Work, call: LeasedCall, dueAt: Date): Promise<void> {
  await work.db.query(
    `update jobs.calls
     set state = 'delayed', attempt = attempt + 1, takeovers = 0, due_at = $2, lease_id = null, lease_until = null, worker = null
     where lease_id = $1`,
    [call.leaseId, dueAt],
  )
}
