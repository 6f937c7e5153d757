import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'inngest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startRelay } from '#app/jobs/runtime/relay.server.ts'
import type { JobsWorker } from '#app/jobs/runtime/worker.server.ts'
import { type JobsDatabase, openJobsDatabase } from './jobs-database.ts'

type Post = { url: string | undefined; events: { id: string; name: string; data: unknown; ts: number }[] }

let database: JobsDatabase
let inngest: Server
let relay: JobsWorker
const posts: Post[] = []
let isDown = true

beforeAll(async () => {
  database = await openJobsDatabase()
  inngest = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    posts.push({ url: request.url, events: JSON.parse(body) })
    response.writeHead(isDown ? 503 : 200).end('{"ids":[],"status":200}')
    isDown = false
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => inngest.once('listening', resolve))
})
afterAll(async () => {
  await relay.stop()
  await new Promise((resolve) => inngest.close(resolve))
  await database.close()
})

test('with an Inngest server, committed events are posted there under their own ids until it takes them', async () => {
  const id = await database.send('usage/received', { batchId: 'b' }, new Date('2026-03-01T00:00:00Z'))
  await database.send('usage/received', { batchId: 'c' }, new Date('2026-03-01T00:00:01Z'), 'batch-c')
  const quiet = () => {}
  const log: Logger = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  const baseUrl = `http://127.0.0.1:${(inngest.address() as AddressInfo).port}`
  relay = startRelay({ databaseUrl: database.jobsUrl, baseUrl, eventKey: 'the-key', log, pollMs: 20 })
  await relay.idle()
  expect(posts).toHaveLength(2)
  expect(posts[1]).toEqual({
    url: '/e/the-key',
    events: [
      { id, name: 'usage/received', data: { batchId: 'b' }, ts: 1_772_323_200_000 },
      {
        id: '0192aaaa-0000-7000-8000-000000000001:usage/received:batch-c',
        name: 'usage/received',
        data: { batchId: 'c' },
        ts: 1_772_323_201_000,
      },
    ],
  })
  expect((await database.pool.query('select from public.outbox where sent_at is null')).rowCount).toBe(0)
  expect((await database.pool.query('select from jobs.runs')).rowCount).toBe(0)
})
