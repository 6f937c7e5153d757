import { NonRetriableError, RetryAfterError } from 'inngest'
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

test('an event that was committed to the outbox starts its function once', async () => {
  const seen: unknown[] = []
  worker = await startTestWorker(database, (client) => [
    client.createFunction({ id: 'greet', triggers: [{ event: 'person/came' }] }, async ({ event, step }) => {
      const greeting = await step.run('greet', () => `Hello ${event.data.name}`)
      seen.push(event.id)
      return { greeting }
    }),
  ])
  const id = await database.send('person/came', { name: 'Ada' })
  expect((await runIn(database, 'test-greet', 'completed')).output).toEqual({ greeting: 'Hello Ada' })
  await worker.idle()
  expect(new Set(seen)).toEqual(new Set([id]))
  expect((await database.pool.query('select from jobs.runs')).rowCount).toBe(1)
})

test('a step that ended is not run again when a later step fails', async () => {
  const ran = { first: 0, second: 0 }
  worker = await startTestWorker(database, (client) => [
    client.createFunction({ id: 'two', triggers: [{ event: 'two' }], retries: 2 }, async ({ step }) => {
      await step.run('first', () => {
        ran.first += 1
      })
      return step.run('second', () => {
        ran.second += 1
        if (ran.second < 3) throw new Error('not yet')
        return ran.second
      })
    }),
  ])
  await database.send('two', {})
  const run = await runIn(database, 'test-two', 'completed')
  expect(run).toMatchObject({ output: 3, attempts: 3 })
  expect(ran).toEqual({ first: 1, second: 3 })
})

test('retries wait as long as the schedule says, by the clock of the worker', async () => {
  const clock = movableClock('2026-03-01T00:00:00Z')
  const tries: string[] = []
  worker = await startTestWorker(
    database,
    (client) => [
      client.createFunction({ id: 'late', triggers: [{ event: 'late' }], retries: 3 }, async ({ step }) =>
        step.run('try', () => {
          tries.push(clock.now().toISOString())
          if (tries.length === 2) throw new RetryAfterError('busy', '10m')
          if (tries.length < 4) throw new Error('down')
        }),
      ),
    ],
    { now: clock.now, leaseMs: 3_600_000, retryDelayMs: (attempt) => 60_000 * 2 ** attempt },
  )
  const delayed = (attempt: number) =>
    until(
      async () => (await database.pool.query(`select from jobs.calls where state = 'delayed' and attempt = $1`, [attempt])).rowCount === 1,
    )
  await database.send('late', {}, clock.now())
  await delayed(1)
  clock.forward(60_000)
  await delayed(2)
  clock.forward(600_000)
  await delayed(3)
  clock.forward(240_000)
  await runIn(database, 'test-late', 'completed')
  expect(tries).toEqual(['2026-03-01T00:00:00.000Z', '2026-03-01T00:01:00.000Z', '2026-03-01T00:11:00.000Z', '2026-03-01T00:15:00.000Z'])
})

test('a run whose tries are used up has failed, with the error of its last try', async () => {
  let tries = 0
  worker = await startTestWorker(database, (client) => [
    client.createFunction({ id: 'hopeless', triggers: [{ event: 'hopeless' }], retries: 1 }, async ({ step }) => {
      await step.run('try', () => {
        tries += 1
        throw new Error(`refused ${tries}`)
      })
    }),
  ])
  await database.send('hopeless', {})
  const run = await runIn(database, 'test-hopeless', 'failed')
  expect(run.error).toMatchObject({ message: 'refused 2' })
  expect(run.attempts).toBe(2)
})

test('an error outside a step is retried too, and one that says so is not', async () => {
  const tries = { plain: 0, final: 0 }
  worker = await startTestWorker(database, (client) => [
    client.createFunction({ id: 'plain', triggers: [{ event: 'both' }], retries: 2 }, () => {
      tries.plain += 1
      if (tries.plain < 3) throw new Error('down')
    }),
    client.createFunction({ id: 'final', triggers: [{ event: 'both' }], retries: 2 }, () => {
      tries.final += 1
      throw new NonRetriableError('never')
    }),
  ])
  await database.send('both', {})
  await runIn(database, 'test-plain', 'completed')
  expect((await runIn(database, 'test-final', 'failed')).error).toMatchObject({ message: 'never' })
  expect(tries).toEqual({ plain: 3, final: 1 })
})

test('a function may catch the failure of a step and go on', async () => {
  worker = await startTestWorker(database, (client) => [
    client.createFunction({ id: 'careful', triggers: [{ event: 'careful' }], retries: 0 }, async ({ step }) => {
      const outcome = await step.run('try', () => Promise.reject(new Error('refused'))).catch((error: Error) => error.message)
      return step.run('go-on', () => outcome)
    }),
  ])
  await database.send('careful', {})
  expect((await runIn(database, 'test-careful', 'completed')).output).toBe('refused')
})

test('parallel steps each run once, and the function goes on when all have ended', async () => {
  const ran: string[] = []
  worker = await startTestWorker(database, (client) => [
    client.createFunction({ id: 'fan', triggers: [{ event: 'fan' }] }, async ({ step }) => {
      const names = ['a', 'b', 'c', 'd', 'e']
      const parts = await Promise.all(
        names.map((name) =>
          step.run(name, () => {
            ran.push(name)
            return name.toUpperCase()
          }),
        ),
      )
      await step.run('after', () => void ran.push('after'))
      return parts.join('')
    }),
  ])
  await database.send('fan', {})
  expect((await runIn(database, 'test-fan', 'completed')).output).toBe('ABCDE')
  expect([...ran].sort()).toEqual(['a', 'after', 'b', 'c', 'd', 'e'])
  expect(ran.at(-1)).toBe('after')
})

test('chains that run side by side keep their own order', async () => {
  worker = await startTestWorker(database, (client) => [
    client.createFunction({ id: 'chains', triggers: [{ event: 'chains' }] }, async ({ step }) => {
      const chain = async (name: string) => {
        const one = await step.run(`${name}-1`, () => 1)
        const two = await step.run(`${name}-2`, () => one + 1)
        return step.run(`${name}-3`, () => two + 1)
      }
      return Promise.all([chain('a'), chain('b'), chain('c')])
    }),
  ])
  await database.send('chains', {})
  expect((await runIn(database, 'test-chains', 'completed')).output).toEqual([3, 3, 3])
  expect((await database.pool.query('select from jobs.steps')).rowCount).toBe(9)
})

test('a race goes on with its first step, and the run ends when the other one has', async () => {
  const ran: string[] = []
  worker = await startTestWorker(database, (client) => [
    client.createFunction({ id: 'race', triggers: [{ event: 'race' }] }, async ({ step, group }) => {
      const winner = await group.parallel({ mode: 'race' }, () =>
        Promise.race([step.run('quick', () => 'quick'), step.waitForEvent('slow', { event: 'slow', timeout: '1h' }).then(() => 'slow')]),
      )
      await step.run('after', () => void ran.push(winner))
      return winner
    }),
  ])
  await database.send('race', {})
  await until(async () => ran.length > 0)
  expect((await database.pool.query('select from jobs.waits')).rowCount).toBe(1)
  await database.send('slow', {})
  expect((await runIn(database, 'test-race', 'completed')).output).toBe('quick')
  expect(ran).toEqual(['quick'])
})
