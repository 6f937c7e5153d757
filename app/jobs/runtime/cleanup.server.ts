import type { Queryable } from './connection.server.ts'

const keepMs = 30 * 86_400_000
const batchSize = 5000

/** Forgets what is over for 30 days: handled events, ended runs with their steps, used idempotency keys. Failed runs stay. */
export async function forgetOldWork(db: Queryable, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keepMs)
  await db.query('delete from jobs.idempotency_keys where expires_at < $1', [now])
  await db.query(
    `delete from jobs.runs where id in
       (select id from jobs.runs where state in ('completed', 'cancelled') and finished_at < $1 order by finished_at limit $2)`,
    [before, batchSize],
  )
  await db.query(
    `delete from jobs.events where id in
       (select id from jobs.events where received_at < $1 and processed_at is not null order by received_at limit $2)`,
    [before, batchSize],
  )
}
