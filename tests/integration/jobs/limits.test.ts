import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { JobsWorker } from '#app/jobs/runtime/worker.server.ts'
import { movableClock, runIn, startTestWorker, until } from './jobs-bench.ts'
import { type JobsDatabase, openJobsDatabase, testTenantId } from './jobs-database.ts'

const weekMs = 604_800_000
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

const start = async (...given: Parameters<typeof startTestWorker> extends [unknown, ...infer Rest] ? Rest : never) => {
  const worker = await startTestWorker(database, ...given)
  workers.push(worker)
  return worker
}

const countRuns = async (functionId: string) =>
  (await database.pool.query('select from jobs.runs where function_id = $1', [functionId])).rowCount

test('no more calls than the limit are made at once for one key, over all workers', async () => {
  const now: Record<string, number> = {}
  const most: Record<string, number> = {}
  const define: Parameters<typeof startTestWorker>[1] = (client) => [
    client.createFunction(
      { id: 'limited', triggers: [{ event: 'work' }], concurrency: { key: 'event.data.tenant', limit: 2 } },
      async ({ event, step }) => {
        const { tenant } = event.data
        await step.run('work', async () => {
          now[tenant] = (now[tenant] ?? 0) + 1
          most[tenant] = Math.max(most[tenant] ?? 0, now[tenant])
          // The first of each key waits for a second one beside it: the limit is reached, and must not be passed.
          await until(async () => (most[tenant] ?? 0) >= 2)
          now[tenant] -= 1
        })
      },
    ),
  ]
  const [worker] = await Promise.all([start(define), start(define)])
  for (let index = 0; index < 12; index += 1) await database.send('work', { tenant: index % 2 ? 'odd' : 'even' })
  await worker.idle()
  expect(most).toEqual({ odd: 2, even: 2 })
  expect((await database.pool.query(`select from jobs.runs where state = 'completed'`)).rowCount).toBe(12)
})

test('an idempotency key starts one run a day', async () => {
  const clock = movableClock('2026-03-01T00:00:00Z')
  const worker = await start(
    (client) => [client.createFunction({ id: 'once', triggers: [{ event: 'pay' }], idempotency: 'event.data.attemptKey' }, () => 'paid')],
    { now: clock.now, leaseMs: weekMs },
  )
  for (const attemptKey of ['a', 'a', 'b', 'a']) await database.send('pay', { attemptKey }, clock.now())
  await worker.idle()
  expect(await countRuns('test-once')).toBe(2)
  clock.forward(25 * 3_600_000)
  await database.send('pay', { attemptKey: 'a' }, clock.now())
  await worker.idle()
  expect(await countRuns('test-once')).toBe(3)
})

test('two outbox rows under one key are one event', async () => {
  const worker = await start((client) => [client.createFunction({ id: 'keyed', triggers: [{ event: 'keyed' }] }, () => 'done')])
  await database.send('keyed', {}, new Date(), 'same')
  await database.send('keyed', {}, new Date(), 'same')
  await database.send('keyed', {}, new Date(), 'other')
  await worker.idle()
  expect(await countRuns('test-keyed')).toBe(2)
})

test('an event cancels the runs it matches, wherever they are', async () => {
  const after: string[] = []
  const worker = await start((client) => [
    client.createFunction(
      { id: 'reminder', triggers: [{ event: 'invoice/sent' }], cancelOn: [{ event: 'invoice/paid', match: 'data.invoiceId' }] },
      async ({ event, step }) => {
        await step.waitForEvent('due', { event: 'day/over', timeout: '30d' })
        await step.run('remind', () => void after.push(event.data.invoiceId))
      },
    ),
  ])
  await database.send('invoice/sent', { invoiceId: 'one' })
  await database.send('invoice/sent', { invoiceId: 'two' })
  await until(async () => (await database.pool.query('select from jobs.waits')).rowCount === 2)
  await database.send('invoice/paid', { invoiceId: 'one' })
  expect((await runIn(database, 'test-reminder', 'cancelled')).error).toMatchObject({ message: 'Cancelled by invoice/paid' })
  await database.send('day/over', {})
  await runIn(database, 'test-reminder', 'completed')
  await worker.idle()
  expect(after).toEqual(['two'])
})

test('a condition on the trigger leaves other events alone', async () => {
  const worker = await start((client) => [
    client.createFunction({ id: 'picky', triggers: [{ event: 'came', if: `event.data.kind == 'big'` }] }, () => 'done'),
  ])
  await database.send('came', { kind: 'small' })
  await database.send('came', { kind: 'big' })
  await worker.idle()
  expect(await countRuns('test-picky')).toBe(1)
})

test('onFailure runs once with the error and the event of the run that failed', async () => {
  const failures: unknown[] = []
  const worker = await start((client) => {
    const doomed = client.createFunction(
      {
        id: 'doomed',
        triggers: [{ event: 'doomed' }],
        retries: 1,
        onFailure: async ({ error, event, step }) => {
          await step.run('note', () => void failures.push({ error: error.message, number: event.data.event.data.number }))
        },
      },
      () => {
        throw new Error('always')
      },
    )
    return [doomed]
  })
  await database.send('doomed', { number: 5, tenantId: testTenantId })
  await runIn(database, 'test-doomed-failure', 'completed')
  await worker.idle()
  expect(failures).toEqual([{ error: 'always', number: 5 }])
})

test('a tick fires once for two workers, by the wall clock of its zone', async () => {
  const clock = movableClock('2026-03-28T00:59:00Z')
  const ticks: number[] = []
  const define: Parameters<typeof startTestWorker>[1] = (client) => [
    client.createFunction({ id: 'daily', triggers: [{ cron: 'TZ=Europe/Berlin 0 2 * * *' }] }, async ({ event, step }) => {
      await step.run('tick', () => void ticks.push(event.ts ?? 0))
    }),
  ]
  const options = { now: clock.now, leaseMs: weekMs }
  const [worker] = await Promise.all([start(define, options), start(define, options)])
  const runs = (count: number) => until(async () => (await countRuns('test-daily')) === count)
  clock.forward(60_000)
  await runs(1)
  // On 29 March 02:00 does not exist in Berlin: the tick comes when the clocks have moved to 03:00. Then summer time holds.
  clock.forward(86_400_000)
  await runs(2)
  clock.forward(86_400_000)
  await runs(3)
  await worker.idle()
  expect(ticks.map((tick) => new Date(tick).toISOString())).toEqual([
    '2026-03-28T01:00:00.000Z',
    '2026-03-29T01:00:00.000Z',
    '2026-03-30T00:00:00.000Z',
  ])
})

test('a schedule that was missed for days fires once when a worker is back', async () => {
  const clock = movableClock('2026-03-01T00:00:00Z')
  const define: Parameters<typeof startTestWorker>[1] = (client) => [
    client.createFunction({ id: 'hourly', triggers: [{ cron: '0 * * * *' }] }, () => 'done'),
  ]
  await (await start(define, { now: clock.now, leaseMs: weekMs })).stop()
  workers = []
  clock.forward(3 * 86_400_000)
  const worker = await start(define, { now: clock.now, leaseMs: weekMs })
  await until(async () => (await countRuns('test-hourly')) === 1)
  await worker.idle()
  expect(await countRuns('test-hourly')).toBe(1)
})

test('a function with settings that the executor does not run stops the start', async () => {
  const refused = start((client) => [
    client.createFunction({ id: 'odd', triggers: [{ event: 'x' }], debounce: { period: '1m' } }, () => 'never'),
  ])
  await expect(refused).rejects.toThrow('test-odd: the embedded executor does not run debounce')
})
