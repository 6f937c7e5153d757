import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { databaseUrls, provideEnvironment } from '#app/config/env.server.ts'
import { startJobs } from '#app/jobs/start.server.ts'
import { startWeb } from '#app/web/server/start-web.server.ts'
import { type Deed, deeds } from './deeds.ts'

/** What a story asks of its backstage. */
export type Cue = { readonly id: number; readonly deed: Deed | 'travel'; readonly input: unknown }
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: string }
  | { readonly port: number }

// The product of one story in one process: web server and worker, by a clock that the story moves; and whatever of the story no browser can do.
const { LIVERY_DATA_DIR: folder = '', STORY_BEGINS: begins = '' } = process.env
const tickMs = 100
const schedules = [
  'billing.open-due-runs',
  'catalogs.activate-due',
  'credit.watch-all',
  'payments.collect-due',
  'purchases.mirror-daily',
  'subscriptions.apply-due-changes',
].map((id) => `livery-${id}`)
process.once('disconnect', () => process.exit())

mkdirSync(folder, { recursive: true })
const clockFile = join(folder, 'clock')
let ahead = 0
const now = () => new Date(Date.now() + ahead)
moveTo(begins)
setInterval(tick, tickMs).unref()
provideEnvironment({ LIVERY_CLOCK: clockFile })

const admin = new pg.Pool({ connectionString: databaseUrls().admin, max: 1 })
const worker = await startJobs()
// What a story does not tell of happens neither: a month has thousands of ticks.
await admin.query(`update jobs.crons set next_at = '2100-01-01' where not function_id = any ($1)`, [schedules])
const kept = await admin.query('select from jobs.crons where function_id = any ($1)', [schedules])
if (kept.rowCount !== schedules.length) throw new Error(`${kept.rowCount} of ${schedules.length} schedules are known`)
const web = await startWeb({ port: Number(process.env.PORT) })
process.on('message', (cue: Cue) => void play(cue))
process.send?.({ port: web.port } satisfies Answer)

async function play({ id, deed, input }: Cue): Promise<void> {
  try {
    const value = deed === 'travel' ? await travel(input as string) : await (deeds[deed] as (input: unknown) => Promise<unknown>)(input)
    process.send?.({ id, value } satisfies Answer)
  } catch (error) {
    process.send?.({ id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies Answer)
  }
}

/** Moves the clock on to `instant` and waits until everything that fell due by then is done. */
async function travel(instant: string): Promise<void> {
  moveTo(instant)
  do await worker.idle()
  while (await isScheduleDue())
  // A schedule that came between the two questions has work of its own.
  await worker.idle()
}

async function isScheduleDue(): Promise<boolean> {
  const { rows } = await admin.query<{ is_due: boolean }>('select exists (select from jobs.crons where next_at <= $1) as is_due', [now()])
  return rows[0]?.is_due ?? false
}

function moveTo(instant: string): void {
  ahead = new Date(instant).getTime() - Date.now()
  tick()
}

/** The file appears whole: others read it at any moment. */
function tick(): void {
  writeFileSync(`${clockFile}.next`, now().toISOString())
  renameSync(`${clockFile}.next`, clockFile)
}
