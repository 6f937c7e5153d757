import { unblockCalls } from './concurrency.server.ts'
import type { Queryable } from './connection.server.ts'
import { fireCrons } from './crons.server.ts'
import { takeEventsIn } from './intake.server.ts'
import type { CallMessage } from './queue.server.ts'
import { endDueWaits } from './waits.server.ts'
import { type Runtime, transact } from './work.server.ts'

const batchSize = 200

type DueWork = {
  events: boolean
  waits: boolean
  delayed: boolean
  expired: boolean
  blocked: boolean
  queued: boolean
  crons: boolean
  is_paused: boolean
}

async function findDueWork(db: Queryable, now: Date): Promise<DueWork> {
  const { rows } = await db.query<DueWork>(
    `select
       exists (select from public.outbox where sent_at is null) or exists (select from jobs.events where processed_at is null) as events,
       exists (select from jobs.waits where due_at <= $1) as waits,
       exists (select from jobs.calls where state = 'delayed' and due_at <= $1) as delayed,
       exists (select from jobs.calls where state = 'leased' and lease_until < $1) as expired,
       exists (select from jobs.calls where state = 'blocked') as blocked,
       exists (select from jobs.calls where state = 'queued') as queued,
       exists (select from jobs.crons where next_at <= $1) as crons,
       is_paused
     from jobs.settings`,
    [now],
  )
  if (!rows[0]) throw new Error('jobs.settings is empty: the migrations have not run')
  return rows[0]
}

/** Moves everything that is due one step on. While batch work is suspended, events are still taken in and nothing else. */
export async function doDueWork(runtime: Runtime): Promise<{ moved: number; hasQueuedCalls: boolean }> {
  const due = await findDueWork(runtime.pool, runtime.now())
  let moved = due.events ? await takeEventsIn(runtime) : 0
  if (due.is_paused) return { moved, hasQueuedCalls: false }
  if (due.crons) moved += await fireCrons(runtime)
  if (due.waits) moved += await endDueWaits(runtime)
  if (due.delayed) moved += await queueDelayedCalls(runtime)
  if (due.expired) moved += await takeOverCalls(runtime)
  if (due.blocked) moved += await transact(runtime, ({ db, queue }) => unblockCalls(db, queue))
  return { moved, hasQueuedCalls: due.queued || moved > 0 }
}

function queueDelayedCalls(runtime: Runtime): Promise<number> {
  return queueCalls(runtime, `state = 'delayed' and due_at <= $1`, '')
}

/** A worker that stopped its heartbeat loses its calls; the next one to take them makes them again. */
function takeOverCalls(runtime: Runtime): Promise<number> {
  const release = ', takeovers = takeovers + 1, lease_id = null, lease_until = null, worker = null'
  return queueCalls(runtime, `state = 'leased' and lease_until < $1`, release)
}

function queueCalls(runtime: Runtime, condition: string, changes: string): Promise<number> {
  return transact(runtime, async ({ db, queue, now }) => {
    const { rows } = await db.query<CallMessage>(
      `update jobs.calls set state = 'queued'${changes}
       where (run_id, step_id) in (select run_id, step_id from jobs.calls where ${condition} order by due_at limit $2 for update skip locked)
       returning run_id as "runId", step_id as "stepId"`,
      [now, batchSize],
    )
    await queue.put(db, rows)
    return rows.length
  })
}

/** Whether anything is left to do now: unsent or unread events, calls (retries included), waits that are over. */
export async function hasWork(db: Queryable, now: Date): Promise<boolean> {
  const { rows } = await db.query<{ has_work: boolean }>(
    `select exists (select from public.outbox where sent_at is null)
       or exists (select from jobs.events where processed_at is null)
       or exists (select from jobs.calls)
       or exists (select from jobs.waits where due_at <= $1) as has_work`,
    [now],
  )
  return rows[0]?.has_work ?? false
}
