import { afterAll, beforeAll, expect, test } from 'vitest'
import { type JobsDatabase, openJobsDatabase } from '#tests/integration/jobs/jobs-database.ts'
import { dropOrders } from './kill-check.ts'
import { killWorkers } from './kill-driver.ts'

let database: JobsDatabase

beforeAll(async () => {
  database = await openJobsDatabase()
})
afterAll(async () => {
  await dropOrders(database.admin)
  await database.close()
})

test('five killed workers lose no step and double none', async () => {
  const report = await killWorkers({ database, kills: 5, seed: 8137, print: () => {} })
  expect({ lost: report.lost, doubled: report.doubled }).toEqual({ lost: [], doubled: [] })
  expect([...report.places.values()].reduce((sum, count) => sum + count, 0)).toBe(5)
}, 120_000)
