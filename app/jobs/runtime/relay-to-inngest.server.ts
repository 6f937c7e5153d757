import type { Pool, Queryable } from './connection.server.ts'
import { eventId } from './event-id.ts'

const batchSize = 100
const relayLock = 'livery:jobs:relay-to-inngest'

type OutboxRow = { tenant_id: string; id: string; event_id: string; name: string; data: unknown; created_at: Date }

/**
 * Posts unsent outbox rows to an Inngest server and marks them sent. Events keep their id, so that a post
 * repeated after a crash is dropped there. One process at a time; no transaction is open during the request.
 * @throws Error when the server does not accept the events; they stay unsent.
 */
export async function relayToInngest(pool: Pool, target: { baseUrl: string; eventKey: string }, now: () => Date): Promise<number> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ is_ours: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as is_ours', [
      relayLock,
    ])
    if (!rows[0]?.is_ours) return 0
    try {
      return await relayBatch(client, target, now)
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [relayLock])
    }
  } finally {
    client.release()
  }
}

async function relayBatch(db: Queryable, target: { baseUrl: string; eventKey: string }, now: () => Date): Promise<number> {
  const { rows } = await db.query<OutboxRow>(
    `select tenant_id, id, ${eventId} as event_id, name, data, created_at from public.outbox
     where sent_at is null order by created_at, id limit $1`,
    [batchSize],
  )
  if (rows.length === 0) return 0
  const response = await fetch(new URL(`/e/${target.eventKey}`, target.baseUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rows.map(({ event_id, name, data, created_at }) => ({ id: event_id, name, data, ts: created_at.getTime() }))),
    signal: AbortSignal.timeout(30_000),
  })
  if (!response.ok) throw new Error(`The Inngest server refused ${rows.length} events: ${response.status} ${await response.text()}`)
  await db.query('update public.outbox set sent_at = $3 where (tenant_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))', [
    rows.map(({ tenant_id }) => tenant_id),
    rows.map(({ id }) => id),
    now(),
  ])
  return rows.length
}
