import type pg from 'pg'
import type { JobsDatabase } from '#tests/integration/jobs/jobs-database.ts'
import { checkOrders, type KillReport, prepareOrders } from './kill-check.ts'
import { type KillWorker, WorkerPool } from './worker-pool.ts'
import type { WorkerMessage } from './worker-process.ts'

const runningWorkers = 2
const openOrders = 20
const leaseMs = 800
const stallMs = 45_000

export type KillOptions = {
  readonly database: JobsDatabase
  readonly kills: number
  readonly seed: number
  readonly print: (line: string) => void
}

/**
 * Kills workers with SIGKILL, at places drawn from `seed`, while they run orders; then lets the orders end and counts
 * what was lost and what was doubled.
 */
export async function killWorkers({ database, kills, seed, print }: KillOptions): Promise<KillReport> {
  const random = mulberry32(seed)
  const places = new Map<string, number>()
  const troubles: string[] = []
  let done = 0
  let countdown = drawPlace(random)
  let doomed: { worker: KillWorker; place: string } | undefined
  let lastSign = Date.now()

  function listen(worker: KillWorker, message: WorkerMessage): void {
    lastSign = Date.now()
    if (message.kind === 'trouble') troubles.push(message.text)
    if (message.kind !== 'place') return
    countdown -= 1
    // No leave is given at the place of death: the worker stands there until the signal comes.
    if (countdown <= 0 && !doomed && done < kills) doomed = { worker, place: message.place }
    else if (doomed?.worker !== worker && !worker.hasEnded) worker.child.send({ kind: 'go', number: message.number })
  }

  await prepareOrders(database.admin)
  const secret = 'a secret of at least thirty-two characters'
  const pool = new WorkerPool({ kind: 'start', jobsUrl: database.jobsUrl, appUrl: database.appUrl, secret, leaseMs }, listen)
  try {
    await pool.fill(runningWorkers, 2)
    while (done < kills) {
      await keepOrdersOpen(database)
      if (doomed) {
        await pool.kill(doomed.worker)
        done += 1
        const kind = doomed.place.replace(/^.*: /, '')
        places.set(kind, (places.get(kind) ?? 0) + 1)
        print(`kill ${String(done).padStart(3)}  worker ${doomed.worker.name} (pid ${doomed.worker.child.pid})  ${doomed.place}`)
        countdown = drawPlace(random)
        doomed = undefined
        await pool.fill(runningWorkers, 2)
      }
      failOnStall(lastSign, troubles)
      await pause(5)
    }
    while (await hasOpenRuns(database.pool)) {
      failOnStall(lastSign, troubles)
      await pause(25)
    }
  } finally {
    await pool.close()
  }
  return { ...(await checkOrders(database.pool)), places, troubles }
}

/** How many places pass before the next kill. */
function drawPlace(random: () => number): number {
  return 1 + Math.floor(random() * 60)
}

async function keepOrdersOpen(database: JobsDatabase): Promise<void> {
  const { rows } = await database.pool.query<{ total: number; open: number }>(
    `select (select count(*) from kill.balances)::int as total,
       (select count(*) from kill.balances)::int - (select count(*) from jobs.runs where function_id = 'kill-order' and state = 'completed')::int as open`,
  )
  const { total, open } = rows[0] ?? { total: 0, open: 0 }
  for (let added = 0; added < openOrders - open; added += 1) {
    const order = `order-${total + added + 1}`
    await database.admin.query('insert into kill.balances (order_key, amount) values ($1, 0)', [order])
    await database.send('kill/ordered', { order })
  }
}

async function hasOpenRuns(pool: pg.Pool): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from jobs.runs where state = 'running'
     union all select from public.outbox where sent_at is null
     union all select from jobs.events where processed_at is null limit 1`,
  )
  return rowCount === 1
}

function failOnStall(lastSign: number, troubles: readonly string[]): void {
  if (Date.now() - lastSign > stallMs) throw new Error(`no worker reported anything for ${stallMs / 1000} s\n${troubles.join('\n')}`)
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** A small seeded generator: the same seed draws the same places. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
