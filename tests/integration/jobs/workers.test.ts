import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { forgetOldWork } from '#app/jobs/runtime/cleanup.server.ts'
import { findRun, isPaused, listRuns, retryRun, setPaused, summariseRuns } from '#app/jobs/runtime/read-model.server.ts'
import type { Point } from '#app/jobs/runtime/work.server.ts'
import type { JobsWorker } from '#app/jobs/runtime/worker.server.ts'
import { type Define, runIn, startTestWorker, until } from './jobs-bench.ts'
import { type JobsDatabase, openJobsDatabase, testTenantId } from './jobs-database.ts'

const otherTenantId = '0192bbbb-0000-7000-8000-000000000002'
let database: JobsDatabase
let workers: JobsWorker[] = []

beforeAll(async () => {
  database = await openJobsDatabase()
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
  await database.clear()
})
afterAll(() => database.close())

async function start(define: Define, options: Parameters<typeof startTestWorker>[2] = {}): Promise<JobsWorker> {
  const worker = await startTestWorker(database, define, options)
  workers.push(worker)
  return worker
}

/** A gate that a step waits at until the test opens it. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

test('a worker whose lease ran out cannot write its outcome: the step of the one that took over counts', async () => {
  const stuck = gate()
  const points: Point[] = []
  const define =
    (name: string): Define =>
    (client) => [
      client.createFunction({ id: 'contested', triggers: [{ event: 'go' }] }, ({ step }) =>
        step.run('work', async () => {
          if (name === 'stopped') await stuck.opened
          return name
        }),
      ),
    ]
  // The first worker's clock stands still, as that of a stopped process: its heartbeat never gets past the same instant.
  const stopped = new Date()
  await start(define('stopped'), { now: () => stopped, leaseMs: 500, atPoint: async (point) => void points.push(point) })
  await database.send('go', {}, new Date(stopped.getTime() - 1))
  await until(async () => points.includes('leased'))
  await start(define('successor'))
  expect((await runIn(database, 'test-contested', 'completed')).output).toBe('successor')
  stuck.open()
  await until(async () => points.includes('lease-refused'))
  expect((await database.pool.query('select data from jobs.steps')).rows).toEqual([{ data: 'successor' }])
})

test('a call that takes down every worker that makes it fails its run in the end', async () => {
  await database.pool.query(`insert into jobs.runs (id, function_id, state, event_id, event, created_at)
    values ('0192cccc-0000-7000-8000-000000000003', 'test-deadly', 'running', 'e', '{"id":"e","name":"go","data":{},"ts":0}', now())`)
  await database.pool.query(`insert into jobs.calls (run_id, step_id, name, state, is_race, due_at, takeovers)
    values ('0192cccc-0000-7000-8000-000000000003', 'step', 'step', 'delayed', false, now() - interval '1 hour', 11)`)
  await start((client) => [client.createFunction({ id: 'deadly', triggers: [{ event: 'go' }], retries: 0 }, () => 'alive')])
  expect((await runIn(database, 'test-deadly', 'failed')).error).toMatchObject({ name: 'WorkersLost' })
})

test('a worker that is asked to stop ends its step and leaves the next to another', async () => {
  const by: string[] = []
  const started = gate()
  const define =
    (name: string): Define =>
    (client) => [
      client.createFunction({ id: 'relay', triggers: [{ event: 'go' }] }, async ({ step }) => {
        await step.run('first', async () => {
          by.push(`first ${name}`)
          started.open()
          await new Promise((resolve) => setTimeout(resolve, 50))
        })
        await step.run('second', () => void by.push(`second ${name}`))
      }),
    ]
  const first = await start(define('A'))
  await database.send('go', {})
  await started.opened
  await first.stop()
  workers = []
  expect((await database.pool.query(`select name from jobs.steps`)).rows).toEqual([{ name: 'first' }])
  await start(define('B'))
  await runIn(database, 'test-relay', 'completed')
  expect(by).toEqual(['first A', 'second B'])
})

test('suspended batch work keeps its events and goes on where it was', async () => {
  let ran = 0
  const worker = await start((client) => [
    client.createFunction({ id: 'batch', triggers: [{ event: 'go' }] }, ({ step }) =>
      step.run('work', () => {
        ran += 1
      }),
    ),
  ])
  await setPaused(database.system, true, new Date())
  expect(await isPaused(database.system)).toBe(true)
  await database.send('go', { tenantId: testTenantId })
  await until(async () => (await summariseRuns(database.system, testTenantId)).counts.queued === 1)
  expect(ran).toBe(0)
  await setPaused(database.system, false, new Date())
  await worker.idle()
  expect(ran).toBe(1)
})

test('the screen lists the runs of a tenant, its dead letters, and runs one again from where it failed', async () => {
  const ran = { first: 0, second: 0 }
  let isRepaired = false
  const worker = await start((client) => [
    client.createFunction({ id: 'fragile', triggers: [{ event: 'go' }], retries: 0 }, async ({ step }) => {
      await step.run('first', () => {
        ran.first += 1
      })
      await step.run('second', () => {
        ran.second += 1
        if (!isRepaired) throw new Error('broken')
      })
    }),
  ])
  await database.send('go', { tenantId: testTenantId })
  await database.send('go', { tenantId: otherTenantId })
  await worker.idle()

  const failed = await listRuns(database.system, { tenantId: testTenantId, state: 'failed', limit: 10 })
  expect(failed).toMatchObject([{ functionId: 'test-fragile', eventName: 'go', attempts: 1, error: { message: 'broken' } }])
  expect(await listRuns(database.system, { tenantId: null, limit: 10 })).toHaveLength(2)
  const id = failed[0]?.id ?? ''
  expect(await findRun(database.system, id, otherTenantId)).toBeUndefined()
  expect((await findRun(database.system, id, testTenantId))?.steps.map(({ name, error }) => [name, error?.message])).toEqual([
    ['first', undefined],
    ['second', 'broken'],
  ])

  isRepaired = true
  expect(await retryRun(database.pool, id, otherTenantId, new Date())).toBe(false)
  expect(await retryRun(database.pool, id, testTenantId, new Date())).toBe(true)
  await worker.idle()
  expect((await findRun(database.system, id, testTenantId))?.run).toMatchObject({ state: 'completed', error: null })
  expect(ran).toEqual({ first: 2, second: 3 })
  expect(await retryRun(database.pool, id, testTenantId, new Date())).toBe(false)
})

test('what is over for thirty days is forgotten, failed runs are not', async () => {
  const worker = await start((client) => [
    client.createFunction({ id: 'good', triggers: [{ event: 'go' }], idempotency: 'event.data.key' }, () => 'done'),
    client.createFunction({ id: 'bad', triggers: [{ event: 'go' }], retries: 0 }, () => Promise.reject(new Error('broken'))),
  ])
  await database.send('go', { key: 'k' })
  await worker.idle()
  const left = async () => {
    const { rows } = await database.pool.query(
      `select (select array_agg(function_id order by function_id) from jobs.runs) as runs, (select count(*)::int from jobs.idempotency_keys) as keys,
         (select count(*)::int from jobs.events) as events`,
    )
    return rows[0]
  }
  await forgetOldWork(database.pool, new Date(Date.now() + 29 * 86_400_000))
  expect(await left()).toEqual({ runs: ['test-bad', 'test-good'], keys: 0, events: 2 })
  await forgetOldWork(database.pool, new Date(Date.now() + 31 * 86_400_000))
  expect(await left()).toEqual({ runs: ['test-bad'], keys: 0, events: 0 })
})

test('the role that reads the screen may not change runs', async () => {
  await expect(database.system.query(`update jobs.runs set state = 'failed'`)).rejects.toThrow('permission denied')
  await expect(database.system.query('delete from jobs.settings')).rejects.toThrow('permission denied')
})
