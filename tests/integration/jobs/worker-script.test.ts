import { spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { provideEnvironment } from '#app/config/env.server.ts'
import { signatureOf } from '#app/jobs/runtime/signing.ts'
import { inngestHandler } from '#app/jobs/serve.server.ts'
import { until } from './jobs-bench.ts'
import { type JobsDatabase, openJobsDatabase } from './jobs-database.ts'

let database: JobsDatabase

beforeAll(async () => {
  database = await openJobsDatabase()
  provideEnvironment({ LOG_LEVEL: 'silent' })
})
afterAll(() => database.close())

test('the worker process takes events in, and ends with code 0 when it is asked to', async () => {
  await database.send('nobody/listens', {})
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/worker.ts'], { stdio: 'inherit' })
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)))
  await until(async () => (await database.pool.query('select from jobs.events where processed_at is not null')).rowCount === 1)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test('the route of the web server refuses what is not signed with the key of the installation', async () => {
  const post = (signature: string) => {
    const headers = { host: 'localhost', 'content-type': 'application/json', 'x-inngest-signature': signature }
    return inngestHandler({
      request: new Request('http://localhost/api/inngest?fnId=livery-x&stepId=step', { method: 'POST', headers, body: '{}' }),
    })
  }
  expect((await post('')).status).toBe(401)
  expect((await post(signatureOf({}, 'signkey-livery-0123', new Date()))).status).toBe(401)
})
