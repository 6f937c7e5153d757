import type { RunEvent } from './protocol.ts'
import { startRun } from './runs.server.ts'
import { nextTick } from './time.ts'
import { type Runtime, transact, type Work } from './work.server.ts'

/** Notes the next tick of each schedule this worker knows; one that is noted already keeps its tick. */
export async function registerCrons(runtime: Runtime): Promise<void> {
  const now = runtime.now()
  for (const { id, crons } of runtime.functions.values()) {
    for (const expression of crons) {
      await runtime.pool.query(
        `insert into jobs.crons (function_id, expression, next_at) values ($1, $2, $3)
         on conflict on constraint crons_pkey do nothing`,
        [id, expression, nextTick(expression, now)],
      )
    }
  }
}

/**
 * Starts a run for each schedule whose tick has come. Ticks missed while no worker ran are made up for by one run.
 * Returns how many runs started.
 */
export function fireCrons(runtime: Runtime): Promise<number> {
  return transact(runtime, async (work) => {
    const { rows } = await work.db.query<{ function_id: string; expression: string; next_at: Date }>(
      'select function_id, expression, next_at from jobs.crons where next_at <= $1 order by next_at for update skip locked',
      [work.now],
    )
    let fired = 0
    for (const row of rows) if (await fire(work, row)) fired += 1
    return fired
  })
}

async function fire(work: Work, row: { function_id: string; expression: string; next_at: Date }): Promise<boolean> {
  const config = work.functions.get(row.function_id)
  if (!config?.crons.includes(row.expression)) return false
  const event: RunEvent = {
    id: `${row.function_id}@${row.next_at.toISOString()}`,
    name: 'inngest/scheduled.timer',
    data: { cron: row.expression },
    ts: row.next_at.getTime(),
  }
  await startRun(work, config, event)
  await work.db.query('update jobs.crons set next_at = $3 where function_id = $1 and expression = $2', [
    row.function_id,
    row.expression,
    nextTick(row.expression, work.now),
  ])
  return true
}
