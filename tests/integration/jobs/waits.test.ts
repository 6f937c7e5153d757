import { invoke, staticSchema } from 'inngest'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { JobsWorker } from '#app/jobs/runtime/worker.server.ts'
import { movableClock, runIn, startTestWorker, until } from './jobs-bench.ts'
import { type JobsDatabase, openJobsDatabase } from './jobs-database.ts'

let database: JobsDatabase
let worker: JobsWorker | undefined

beforeAll(async () => {
  database = await openJobsDatabase()
})
afterEach(async () => {
  await worker?.stop()
  await database.clear()
})
afterAll(() => database.close())

const waiting = (count: number) => until(async () => (await database.pool.query('select from jobs.waits')).rowCount === count)

test('a run sleeps for days without holding anything, and goes on when they have passed', async () => {
  const clock = movableClock('2026-03-28T12:00:00Z')
  const woke: string[] = []
  worker = await startTestWorker(
    database,
    (client) => [
      client.createFunction({ id: 'sleeper', triggers: [{ event: 'sleep' }] }, async ({ step }) => {
        await step.sleep('three-days', '3d')
        await step.run('first', () => void woke.push(clock.now().toISOString()))
        await step.sleepUntil('new-year', new Date('2027-01-01T00:00:00Z'))
        await step.run('second', () => void woke.push(clock.now().toISOString()))
      }),
    ],
    { now: clock.now, leaseMs: 3_600_000 },
  )
  await database.send('sleep', {}, clock.now())
  await waiting(1)
  await worker.idle()
  clock.forward(3 * 86_400_000 - 1)
  await worker.idle()
  expect(woke).toEqual([])
  clock.forward(1)
  await until(async () => woke.length === 1)
  await waiting(1)
  clock.forward(365 * 86_400_000)
  await runIn(database, 'test-sleeper', 'completed')
  expect(woke).toEqual(['2026-03-31T12:00:00.000Z', '2027-03-31T12:00:00.000Z'])
})

test('an awaited event ends only the wait it matches', async () => {
  worker = await startTestWorker(database, (client) => [
    client.createFunction({ id: 'order', triggers: [{ event: 'order/placed' }] }, async ({ step }) => {
      const paid = await step.waitForEvent('paid', { event: 'order/paid', match: 'data.orderId', timeout: '1d' })
      return paid?.data.amount ?? 'unpaid'
    }),
  ])
  await database.send('order/placed', { orderId: 'A' })
  await database.send('order/placed', { orderId: 'B' })
  await waiting(2)
  await database.send('order/paid', { orderId: 'C', amount: 1 })
  await database.send('order/paid', { orderId: 'B', amount: 20 })
  expect((await runIn(database, 'test-order', 'completed')).output).toBe(20)
  await worker.idle()
  expect((await database.pool.query(`select event->'data'->>'orderId' as id from jobs.runs where state = 'running'`)).rows).toEqual([
    { id: 'A' },
  ])
})

test('a condition may compare the two events with literals', async () => {
  worker = await startTestWorker(database, (client) => [
    client.createFunction({ id: 'approval', triggers: [{ event: 'asked' }] }, async ({ step }) => {
      const answer = await step.waitForEvent('answer', {
        event: 'answered',
        if: `event.data.id == async.data.id && async.data.verdict != "later"`,
        timeout: '1d',
      })
      return answer?.data.verdict
    }),
  ])
  await database.send('asked', { id: 7 })
  await waiting(1)
  await database.send('answered', { id: 7, verdict: 'later' })
  await database.send('answered', { id: 7, verdict: 'yes' })
  expect((await runIn(database, 'test-approval', 'completed')).output).toBe('yes')
})

test('an event that does not come in time is null', async () => {
  const clock = movableClock('2026-03-01T00:00:00Z')
  worker = await startTestWorker(
    database,
    (client) => [
      client.createFunction({ id: 'patient', triggers: [{ event: 'start' }] }, async ({ step }) => {
        const event = await step.waitForEvent('never', { event: 'never', timeout: '2h' })
        return { event }
      }),
    ],
    { now: clock.now, leaseMs: 36_000_000 },
  )
  await database.send('start', {}, clock.now())
  await waiting(1)
  clock.forward(7_200_000)
  expect((await runIn(database, 'test-patient', 'completed')).output).toEqual({ event: null })
})

test('an invoked function answers its caller, or fails the step of its caller', async () => {
  worker = await startTestWorker(database, (client) => {
    const numbers = invoke(staticSchema<{ number?: number; fails?: boolean }>())
    const child = client.createFunction({ id: 'child', triggers: [numbers], retries: 0 }, async ({ event, step }) => {
      if (event.data.fails) throw new Error('the child refused')
      return step.run('double', () => (event.data.number ?? 0) * 2)
    })
    return [
      child,
      client.createFunction({ id: 'parent', triggers: [{ event: 'go' }], retries: 0 }, async ({ step }) => {
        const good = await step.invoke('good', { function: child, data: { number: 21 } })
        const bad = await step.invoke('bad', { function: child, data: { fails: true } }).catch((error: Error) => error.message)
        return { good, bad }
      }),
    ]
  })
  await database.send('go', {})
  expect((await runIn(database, 'test-parent', 'completed')).output).toEqual({ good: 42, bad: 'the child refused' })
  expect((await database.pool.query(`select from jobs.runs where function_id = 'test-child'`)).rowCount).toBe(2)
})

test('an invoked function that does not end in time fails the step of its caller', async () => {
  const clock = movableClock('2026-03-01T00:00:00Z')
  worker = await startTestWorker(
    database,
    (client) => {
      const child = client.createFunction({ id: 'slow-child' }, async ({ step }) => step.sleep('long', '1d'))
      return [
        child,
        client.createFunction({ id: 'hasty', triggers: [{ event: 'go' }], retries: 0 }, async ({ step }) =>
          step.invoke('call', { function: child, data: {}, timeout: '1h' }).catch((error: Error) => error.name),
        ),
      ]
    },
    { now: clock.now, leaseMs: 36_000_000 },
  )
  await database.send('go', {}, clock.now())
  await waiting(2)
  clock.forward(3_600_000)
  await runIn(database, 'test-hasty', 'completed')
})

test('an event sent by a step starts its function once, even when the step runs twice', async () => {
  let tries = 0
  const heard: unknown[] = []
  worker = await startTestWorker(database, (client) => [
    client.createFunction({ id: 'teller', triggers: [{ event: 'go' }], retries: 1 }, async ({ step }) => {
      await step.sendEvent('tell', [
        { name: 'told', data: { number: 1 } },
        { name: 'told', data: { number: 2 } },
      ])
      // The second execution of the function replays the memoised step; the events of a step that runs again keep their ids.
      tries += 1
      if (tries === 1) throw new Error('once more')
    }),
    client.createFunction({ id: 'listener', triggers: [{ event: 'told' }] }, async ({ event, step }) => {
      await step.run('hear', () => void heard.push(event.data.number))
    }),
  ])
  await database.send('go', {})
  await runIn(database, 'test-teller', 'completed')
  await worker.idle()
  expect(heard.sort()).toEqual([1, 2])
})
