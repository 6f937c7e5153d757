import type { Queryable } from './connection.server.ts'
import { eventId } from './event-id.ts'
import { holds, pathEquality, valueAt } from './expression.ts'
import type { Cancellation, FunctionConfig } from './function-config.ts'
import type { RunEvent } from './protocol.ts'
import { endRun, lockRun, startRun } from './runs.server.ts'
import { dueAt } from './time.ts'
import { endWaitsFor } from './waits.server.ts'
import { type Runtime, transact, type Work } from './work.server.ts'

const batchSize = 100
const intakeLock = 'livery:jobs:intake'

/**
 * Takes events in: committed outbox rows become events, and events become runs, ended waits and cancelled runs. One
 * worker at a time, so that events are handled in the order they came. Returns how many rows moved.
 */
export async function takeEventsIn(runtime: Runtime): Promise<number> {
  return transact(runtime, async (work) => {
    const { rows } = await work.db.query<{ is_ours: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as is_ours', [
      intakeLock,
    ])
    if (!rows[0]?.is_ours) return 0
    return (await relayOutbox(work.db, work.now)) + (await handleEvents(work))
  })
}

/** Moves unsent outbox rows to jobs.events and marks them sent. An event that is there already is not added again. */
async function relayOutbox(db: Queryable, now: Date): Promise<number> {
  const { rowCount } = await db.query(
    `with unsent as (
       select tenant_id, id, name, data, created_at, ${eventId} as event_id from public.outbox
       where sent_at is null order by created_at, id limit $2 for update skip locked
     ), stored as (
       insert into jobs.events (id, name, data, tenant_id, occurred_at, received_at)
       select event_id, name, data, tenant_id, created_at, $1 from unsent order by created_at, id
       on conflict on constraint events_pkey do nothing
     )
     update public.outbox o set sent_at = $1 from unsent u where o.tenant_id = u.tenant_id and o.id = u.id`,
    [now, batchSize],
  )
  return rowCount ?? 0
}

async function handleEvents(work: Work): Promise<number> {
  const { rows } = await work.db.query<{ id: string; name: string; data: unknown; occurred_at: Date }>(
    'select id, name, data, occurred_at from jobs.events where processed_at is null order by seq limit $1 for update',
    [batchSize],
  )
  for (const { id, name, data, occurred_at } of rows) await handleEvent(work, { id, name, data, ts: occurred_at.getTime() })
  await work.db.query('update jobs.events set processed_at = $2 where id = any($1)', [rows.map(({ id }) => id), work.now])
  return rows.length
}

async function handleEvent(work: Work, event: RunEvent): Promise<void> {
  for (const config of work.functions.values()) {
    for (const cancel of config.cancelOn) if (cancel.event === event.name) await cancelRuns(work, config, cancel, event)
  }
  await endWaitsFor(work, event)
  for (const config of work.functions.values()) {
    const isTriggered = config.events.some(({ name, condition }) => name === event.name && holds(condition, { event, async: event }))
    if (isTriggered) await startRun(work, config, event)
  }
}

async function cancelRuns(work: Work, config: FunctionConfig, cancel: Cancellation, event: RunEvent): Promise<void> {
  const match = cancel.condition === undefined ? undefined : pathEquality(cancel.condition)
  const { rows } = await work.db.query<{ id: string; created_at: Date }>(
    `select id, created_at from jobs.runs
     where function_id = $1 and state = 'running' and ($2::text[] is null or event #> $2 = $3::jsonb)
     order by id`,
    [config.id, match?.eventPath, match && JSON.stringify(valueAt(event, match.asyncPath) ?? null)],
  )
  for (const row of rows) {
    const isTooLate = cancel.timeout !== undefined && dueAt(cancel.timeout, row.created_at) < work.now
    const run = isTooLate ? undefined : await lockRun(work, row.id)
    if (!run || !holds(cancel.condition, { event: run.event, async: event })) continue
    await endRun(work, run, { state: 'cancelled', error: { name: 'RunCancelled', message: `Cancelled by ${event.name}` } })
  }
}
