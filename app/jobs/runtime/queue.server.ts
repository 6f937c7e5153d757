import PgBoss from 'pg-boss'
import type { Pool, Queryable } from './connection.server.ts'

const queueName = 'livery-calls'

/** Names one call to make. The call itself is a row of jobs.calls; a message without such a row means nothing. */
export type CallMessage = { readonly runId: string; readonly stepId: string }

/**
 * The queue of due calls, on pg-boss. A message is put in by the transaction that makes its call due, and taken out by
 * the one that leases it: pg-boss never holds a running job, so that leases follow our clock and heartbeat.
 */
export class CallQueue {
  readonly #boss: PgBoss

  constructor(pool: Pool) {
    this.#boss = new PgBoss({ db: adapter(pool), schema: 'pgboss', migrate: false, supervise: false, schedule: false })
  }

  /** @throws Error when the schema of pg-boss is missing or of another version. */
  async start(): Promise<void> {
    await this.#boss.start()
  }

  async put(db: Queryable, messages: readonly CallMessage[]): Promise<void> {
    if (messages.length === 0) return
    await this.#boss.insert(
      messages.map((data) => ({ name: queueName, data })),
      { db: adapter(db) },
    )
  }

  /** Takes up to `limit` messages out, oldest first, passing over those another worker is taking. */
  async take(db: Queryable, limit: number): Promise<CallMessage[]> {
    const source = adapter(db)
    const jobs = await this.#boss.fetch<CallMessage>(queueName, { batchSize: limit, ignoreStartAfter: true, db: source })
    // fetch() swallows what the database said.
    if (source.failure) throw source.failure
    if (jobs.length === 0) return []
    await this.#boss.deleteJob(
      queueName,
      jobs.map(({ id }) => id),
      { db: source },
    )
    return jobs.map(({ data }) => data)
  }
}

type Adapter = PgBoss.Db & { failure: Error | undefined }

function adapter(db: Queryable): Adapter {
  const result: Adapter = {
    failure: undefined,
    async executeSql(text, values) {
      try {
        return await db.query(text, values)
      } catch (error) {
        result.failure = error as Error
        throw error
      }
    },
  }
  return result
}
