import pg from 'pg'
import { createClient } from '#app/jobs/client.server.ts'
import { startWorker } from '#app/jobs/runtime/worker.server.ts'
import { killFunctions } from './kill-functions.ts'

/** What the driver sends: the start, then a leave for each place reported. */
export type DriverMessage =
  | { readonly kind: 'start'; readonly jobsUrl: string; readonly appUrl: string; readonly secret: string; readonly leaseMs: number }
  | { readonly kind: 'go'; readonly number: number }
  | { readonly kind: 'stop' }

export type WorkerMessage =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'place'; readonly number: number; readonly place: string }
  | { readonly kind: 'trouble'; readonly text: string }

const waiting = new Map<number, () => void>()
let places = 0

function tell(message: WorkerMessage): void {
  process.send?.(message)
}

function report(place: string): Promise<void> {
  places += 1
  const number = places
  tell({ kind: 'place', number, place })
  return new Promise((resolve) => waiting.set(number, resolve))
}

function trouble(...line: unknown[]): void {
  tell({ kind: 'trouble', text: line.map((part) => describe(part)).join(' ') })
}

function describe(part: unknown): string {
  const error = (part as { err?: unknown } | null)?.err
  return error instanceof Error ? `${error.stack}` : typeof part === 'string' ? part : JSON.stringify(part)
}

async function start(message: Extract<DriverMessage, { kind: 'start' }>): Promise<void> {
  const quiet = () => {}
  const client = createClient('kill', { debug: quiet, info: quiet, warn: quiet, error: quiet })
  const pool = new pg.Pool({ connectionString: message.appUrl, max: 8 })
  const worker = await startWorker({
    databaseUrl: message.jobsUrl,
    secret: message.secret,
    client,
    functions: killFunctions(client, pool, report),
    log: { debug: quiet, info: quiet, warn: quiet, error: trouble },
    pollMs: 25,
    leaseMs: message.leaseMs,
    slots: 6,
    retryDelayMs: () => 20,
    atPoint: (point) => report(`executor: ${point}`),
  })
  process.on('message', async (next: DriverMessage) => {
    if (next.kind !== 'stop') return
    await worker.stop()
    await pool.end()
    process.disconnect()
  })
}

process.on('message', (message: DriverMessage) => {
  if (message.kind === 'start') start(message).catch(trouble)
  if (message.kind !== 'go') return
  waiting.get(message.number)?.()
  waiting.delete(message.number)
})
// A driver that is gone leaves no worker behind.
process.on('disconnect', () => process.exit(0))
tell({ kind: 'loaded' })
