import type { Logger } from 'inngest'
import { openPool } from './connection.server.ts'
import { relayToInngest } from './relay-to-inngest.server.ts'
import type { JobsWorker } from './worker.server.ts'

export type RelayOptions = {
  readonly databaseUrl: string
  readonly baseUrl: string
  readonly eventKey: string
  readonly log: Logger
  readonly now?: () => Date
  readonly pollMs?: number
}

/** Posts committed outbox rows to an Inngest server until stopped. `idle` resolves when none is unsent. */
export function startRelay({ databaseUrl, baseUrl, eventKey, log, now = () => new Date(), pollMs = 500 }: RelayOptions): JobsWorker {
  const pool = openPool(databaseUrl, 3, (error) => log.warn({ err: error }, 'lost a database connection'))
  let isStopping = false

  async function run(): Promise<void> {
    while (!isStopping) {
      const moved = await relayToInngest(pool, { baseUrl, eventKey }, now).catch((error: unknown) => {
        log.error({ err: error }, 'events could not be sent')
        return 0
      })
      if (moved === 0) await pause(pollMs)
    }
  }

  const running = run()
  return {
    async stop() {
      isStopping = true
      await running
      await pool.end()
    },
    async idle() {
      while ((await pool.query('select from public.outbox where sent_at is null limit 1')).rowCount) await pause(pollMs)
    },
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
