import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { readUsageStretch } from '#app/db/usage/usage-stretch.server.ts'
import { mediateBatch, rateBatch } from '#app/services/usage/process-batch.server.ts'
import { rateStretch } from '#app/services/usage/rate-batch.server.ts'
import { buildSeller, deliver, rateNext, reported, type Seller } from '#tests/support/usage.ts'
import { totalOf } from '#tests/support/usage-facts.ts'

const beforeAll = '00000000-0000-0000-0000-000000000000'
let seller: Seller
beforeEach(async () => {
  setClock(fixedClock('2026-07-02T00:00:00Z'))
  seller = await buildSeller([{ feeKind: 'usage', meter: 'traffic.sent', price: '0.1', included: '100' }])
})
afterEach(() => setClock())

/** 60 servers from `first` on that sent 3 GB each. */
async function mediated(first: number): Promise<{ tenantId: string; batchId: string }> {
  const records = Array.from({ length: 60 }, (_, index) => reported({ resourceRef: `srv-${first + index}`, quantity: '3000000000' }))
  const batch = { tenantId: seller.tenantId, batchId: await deliver(seller, records) }
  await mediateBatch(batch)
  return batch
}

const consumed = () =>
  inTenant(seller.tenantId, async ({ db, tenantId }) => {
    const rows = await db.usageCounter.findMany({ where: { tenantId }, select: { consumed: true } })
    return rows.map((row) => row.consumed.toFixed())
  })

test('two workers that rate batches of one contract at once leave its counter and total exact', async () => {
  const batches = [await mediated(0), await mediated(60)]
  await Promise.all(batches.map(rateBatch))
  expect(await consumed()).toEqual(['360'])
  expect(await totalOf(seller.tenantId)).toBe('26 EUR')
})

test('a worker that dies between two stretches loses none and repeats none', async () => {
  const batch = await mediated(0)
  await inTenant(seller.tenantId, (ctx) => rateNext(ctx, { batchId: batch.batchId, afterId: beforeAll, limit: 25 }))
  await rateBatch(batch)
  expect(await consumed()).toEqual(['180'])
  expect(await totalOf(seller.tenantId)).toBe('8 EUR')
})

test('a stretch that was read ahead and rated by somebody else meanwhile is charged once', async () => {
  const { batchId, ...batch } = await mediated(0)
  const ahead = await inTenant(seller.tenantId, (ctx) => readUsageStretch(ctx, { batchId, afterId: beforeAll, limit: 100 }))
  await rateBatch({ ...batch, batchId })
  expect(await inTenant(seller.tenantId, (ctx) => rateStretch(ctx, batchId, ahead))).toEqual({ charges: 0, refused: 0 })
  expect(await consumed()).toEqual(['180'])
  expect(await totalOf(seller.tenantId)).toBe('8 EUR')
})
