import type { Queryable } from './connection.server.ts'
import { evaluate, parseExpression } from './expression.ts'
import type { FunctionConfig } from './function-config.ts'
import type { CallMessage, CallQueue } from './queue.server.ts'

type Limited = { readonly concurrency_keys: readonly string[]; readonly concurrency_limits: readonly number[] }

/** The concurrency keys of a run, with the limit of each. A limit counts calls being made, not sleeping runs. */
export function concurrencyOf(config: FunctionConfig, event: unknown): { keys: string[]; limits: number[] } {
  const keys = config.concurrency.map(({ key, isShared }, index) => {
    const value = key === undefined ? '' : String(evaluate(parseExpression(key), { event }))
    return isShared ? `shared:${key}:${value}` : `${config.id}#${index}:${value}`
  })
  return { keys, limits: config.concurrency.map(({ limit }) => limit) }
}

/** Splits `calls` into those whose keys have room and the rest. Two workers never count the same key at once. */
export async function admit<T extends Limited>(db: Queryable, calls: readonly T[]): Promise<{ admitted: T[]; refused: T[] }> {
  const keys = [...new Set(calls.flatMap((call) => call.concurrency_keys))].sort()
  if (keys.length === 0) return { admitted: [...calls], refused: [] }
  for (const key of keys) await db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key])
  return split(calls, await countLeased(db, keys))
}

function split<T extends Limited>(calls: readonly T[], used: Map<string, number>): { admitted: T[]; refused: T[] } {
  const admitted: T[] = []
  const refused: T[] = []
  for (const call of calls) {
    const hasRoom = call.concurrency_keys.every((key, index) => (used.get(key) ?? 0) < (call.concurrency_limits[index] ?? 0))
    if (!hasRoom) {
      refused.push(call)
      continue
    }
    for (const key of call.concurrency_keys) used.set(key, (used.get(key) ?? 0) + 1)
    admitted.push(call)
  }
  return { admitted, refused }
}

async function countLeased(db: Queryable, keys: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await db.query<{ key: string; count: number }>(
    `select k.key, count(*)::int as count
     from jobs.calls c
     join jobs.runs r on r.id = c.run_id
     cross join unnest(r.concurrency_keys) as k (key)
     where c.state = 'leased' and k.key = any($1)
     group by k.key`,
    [keys],
  )
  return new Map(rows.map(({ key, count }) => [key, count]))
}

/** Queues blocked calls whose keys have room again, oldest first. Returns how many. */
export async function unblockCalls(db: Queryable, queue: CallQueue): Promise<number> {
  const { rows } = await db.query<Limited & { run_id: string; step_id: string }>(
    `select c.run_id, c.step_id, r.concurrency_keys, r.concurrency_limits
     from jobs.calls c
     join jobs.runs r on r.id = c.run_id
     where c.state = 'blocked'
     order by c.due_at, c.run_id
     limit 500
     for update of c skip locked`,
  )
  const used = await countLeased(db, [...new Set(rows.flatMap((row) => row.concurrency_keys))])
  const messages: CallMessage[] = split(rows, used).admitted.map((row) => ({ runId: row.run_id, stepId: row.step_id }))
  if (messages.length === 0) return 0
  await db.query(`update jobs.calls set state = 'queued' where (run_id, step_id) in (select * from unnest($1::uuid[], $2::text[]))`, [
    messages.map(({ runId }) => runId),
    messages.map(({ stepId }) => stepId),
  ])
  await queue.put(db, messages)
  return messages.length
}
