import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { handDownUsage } from '#app/services/usage/hand-down-usage.server.ts'
import { mediateBatch, rateBatch } from '#app/services/usage/process-batch.server.ts'
import { type Reads, readsOf as readsIn } from '#tests/support/reads.ts'
import { bill, buildReseller, buildSeller, deliver, ran, reported, type Seller } from '#tests/support/usage.ts'

/** A month that is there already, and a small delivery after it. What the delivery reads must not depend on the month. */
const history = 12_000
const arriving = 200

let provider: Seller
let reseller: Seller
let admin: pg.Client
let firstImport: Reads
beforeAll(async () => {
  setClock(fixedClock('2026-07-02T00:00:00Z'))
  admin = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await admin.connect()
  provider = await buildSeller()
  reseller = await buildReseller(provider)
  const month = [
    ...Array.from({ length: history }, (_, index) => juneRecord(index)),
    ...Array.from({ length: 1_000 }, (_, index) => unmapped(index)),
  ]
  firstImport = await readsOf(() => bill(provider, month))
  await admin.query('analyze')
}, 300_000)
afterAll(async () => {
  setClock()
  await admin.end()
})

const hourMs = 3_600_000

/** 25 servers, hour by hour: running hours and traffic. */
function juneRecord(index: number) {
  const start = Date.UTC(2026, 5, 1) + Math.floor(index / 50) * hourMs
  const changes = { windowStart: new Date(start), windowEnd: new Date(start + hourMs), resourceRef: `srv-${Math.floor(index / 2) % 25}` }
  return index % 2 === 0 ? ran('1', changes) : reported(changes)
}

const unmapped = (index: number) => ({ ...reported({ resourceRef: `lost-${index}` }), owner: { accountId: 'acc-nobody' } })

const readsOf = (work: () => Promise<unknown>) => readsIn(admin, '^(raw_usage|usage_records$|usage_quarantine$|charges$)', work)

test('a first import, of which no statistics exist yet, reads each table a few times and not once per record', () => {
  expect(firstImport.raw_usage?.rows).toBeLessThan(10 * history)
  expect(firstImport.usage_records?.rows).toBeLessThan(60 * history)
  expect(firstImport.usage_quarantine?.rows).toBeLessThan(10 * history)
  expect(firstImport.charges?.rows).toBeLessThan(10 * history)
})

describe('with a month of usage in the tables, a small delivery reads in proportion to itself, and by index', () => {
  const records = Array.from({ length: arriving }, (_, index) => juneRecord(history + index))
  let batchId: string

  /** At most so many rows of each table; of the others none. */
  function expectReads(reads: Reads, bounds: Readonly<Record<string, number>>): void {
    for (const [table, { sequential, rows }] of Object.entries(reads)) {
      expect(sequential, `sequential scans of ${table}`).toBe(0)
      expect(rows, `rows read of ${table}`).toBeLessThanOrEqual(bounds[table] ?? 0)
    }
  }

  test('when it is received', async () => {
    const receive = async () => {
      batchId = await deliver(provider, records)
    }
    expectReads(await readsOf(receive), { raw_usage: 200 })
  })

  test('when it is received again', async () => {
    expectReads(await readsOf(() => deliver(provider, records)), { raw_usage: 400 })
  })

  test('when it is judged: 32 windows back for each resource that is in one state at a time', async () => {
    expectReads(await readsOf(() => mediateBatch({ tenantId: provider.tenantId, batchId })), {
      raw_usage: 1_400,
      usage_records: 7_000,
      usage_quarantine: 200,
    })
  })

  test('when it is rated', async () => {
    expectReads(await readsOf(() => rateBatch({ tenantId: provider.tenantId, batchId })), {
      raw_usage: 200,
      usage_records: 1_400,
      charges: 200,
      usage_quarantine: 200,
    })
  })

  test('when it is handed down, and handed down again', async () => {
    const handDown = () => handDownUsage({ tenantId: provider.tenantId, batchId, childTenantId: reseller.tenantId })
    expectReads(await readsOf(handDown), { usage_records: 1_000, usage_quarantine: 200 })
    expectReads(await readsOf(handDown), { usage_records: 1_000, usage_quarantine: 200 })
  })
})
