import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { mediateUsageChunk } from '#app/services/usage/mediate-batch.server.ts'
import { mediateBatch, rateBatch } from '#app/services/usage/process-batch.server.ts'
import { bill, buildReseller, buildSeller, deliver, processDown, ran, rateNext, reported, type Seller } from '#tests/support/usage.ts'
import { batchOf, stateOf, totalOf } from '#tests/support/usage-facts.ts'

const included100 = [
  { feeKind: 'usage', meter: 'traffic.sent', price: '0.1', included: '100' },
  { feeKind: 'usage', meter: 'server.running', unit: 'hour', price: '0.02' },
] as const
const beforeAll = '00000000-0000-0000-0000-000000000000'

let seller: Seller
let reseller: Seller
beforeEach(async () => {
  setClock(fixedClock('2026-07-02T00:00:00Z'))
  seller = await buildSeller(included100)
  reseller = await buildReseller(seller, included100)
})
afterEach(() => setClock())

/** 60 servers that sent 3 GB each, one that ran too long, one nobody owns, one report that is billed by the other meter. */
const month = [
  ...Array.from({ length: 60 }, (_, index) => reported({ resourceRef: `srv-${index}`, quantity: '3000000000' })),
  ran('26'),
  ran('24', { usageType: '2' }),
  reported({ resourceRef: 'srv-x', owner: { accountId: 'acc-x' } }),
]

const states = async () => `${await stateOf(seller.tenantId)}\n${await stateOf(reseller.tenantId)}`
const chunk = (batchId: string, afterId: string, limit: number) => ({
  batchId,
  cloudRef: seller.cloudRef,
  billedServerMeter: 'running' as const,
  afterId,
  limit,
})

test('accepted, quarantined and dropped add up to what was stored', async () => {
  const batch = await bill(seller, [...month, ...month])
  expect(await batchOf(seller.tenantId, batch)).toMatchObject({
    received: 126,
    duplicates: 63,
    stored: 63,
    accepted: 60,
    quarantined: 2,
    dropped: 1,
  })
})

test('every step may be repeated, and changes nothing', async () => {
  const batchId = await bill(seller, month, 'june')
  const before = await states()
  await bill(seller, month, 'june')
  await bill(seller, month, 'june again')
  await processDown(seller.tenantId, batchId)
  const after = (await states()).split('\n').filter((line) => !line.startsWith('batch '))
  expect(after).toEqual(before.split('\n').filter((line) => !line.startsWith('batch ')))
  expect(await batchOf(seller.tenantId, batchId)).toMatchObject({ accepted: 60, quarantined: 2, dropped: 1 })
  expect([await totalOf(seller.tenantId), await totalOf(reseller.tenantId)]).toEqual(['8 EUR', '8 EUR'])
})

describe('work that ends in the middle', () => {
  test('goes on where its last chunk was kept', async () => {
    const batchId = await deliver(seller, month)
    const mediated = await inTenant(seller.tenantId, (ctx) => mediateUsageChunk(ctx, chunk(batchId, beforeAll, 25)))
    expect(mediated).toMatchObject({ accepted: 25 })
    await mediateBatch({ tenantId: seller.tenantId, batchId })
    await inTenant(seller.tenantId, (ctx) => rateNext(ctx, { batchId, afterId: beforeAll, limit: 7 }))
    await processDown(seller.tenantId, batchId)
    expect(await batchOf(seller.tenantId, batchId)).toMatchObject({ accepted: 60, quarantined: 2, dropped: 1 })
    expect([await totalOf(seller.tenantId), await totalOf(reseller.tenantId)]).toEqual(['8 EUR', '8 EUR'])
  })

  test('leaves nothing of the chunk it was in', async () => {
    const batchId = await deliver(seller, month)
    const before = await states()
    const broken = inTenant(seller.tenantId, async (ctx) => {
      await mediateUsageChunk(ctx, chunk(batchId, beforeAll, 25))
      throw new Error('killed')
    })
    await expect(broken).rejects.toThrow('killed')
    expect(await states()).toBe(before)
    await mediateBatch({ tenantId: seller.tenantId, batchId })
    const mediated = await states()
    await expect(
      inTenant(seller.tenantId, async (ctx) => {
        await rateNext(ctx, { batchId, afterId: beforeAll, limit: 25 })
        throw new Error('killed')
      }),
    ).rejects.toThrow('killed')
    expect(await states()).toBe(mediated)
  })

  test('costs the same whatever the chunks were', async () => {
    const batchId = await deliver(seller, month)
    for (let afterId: string | null = beforeAll; afterId !== null; ) {
      const after: string = afterId
      afterId = (await inTenant(seller.tenantId, (ctx) => mediateUsageChunk(ctx, chunk(batchId, after, 1)))).lastId
    }
    for (let afterId: string | null = beforeAll; afterId !== null; ) {
      const after: string = afterId
      afterId = await inTenant(seller.tenantId, (ctx) => rateNext(ctx, { batchId, afterId: after, limit: 11 }))
    }
    expect(await totalOf(seller.tenantId)).toBe('8 EUR')
  })
})

describe('several workers at once', () => {
  test('judge and rate one batch once', async () => {
    const batchId = await deliver(seller, month)
    const batch = { tenantId: seller.tenantId, batchId }
    await Promise.all([mediateBatch(batch), mediateBatch(batch), mediateBatch(batch)])
    await Promise.all([rateBatch(batch), rateBatch(batch), rateBatch(batch)])
    expect(await batchOf(seller.tenantId, batchId)).toMatchObject({ accepted: 60, quarantined: 2, dropped: 1, state: 'rated' })
    expect(await totalOf(seller.tenantId)).toBe('8 EUR')
  })

  test('share one allowance between the batches they rate', async () => {
    const halves = [month.slice(0, 30), month.slice(30)]
    const batches = []
    for (const records of halves) batches.push({ tenantId: seller.tenantId, batchId: await deliver(seller, records) })
    await Promise.all(batches.map(mediateBatch))
    await Promise.all([...batches, ...batches].map(rateBatch))
    expect(await totalOf(seller.tenantId)).toBe('8 EUR')
  })

  test('that deliver contradicting reports of the same facts lose none of them', async () => {
    const quantities = ['1000000000', '2000000000', '3000000000']
    const deliveries = quantities.map((quantity) =>
      Array.from({ length: 50 }, (_, index) => reported({ quantity, resourceRef: `srv-${index}` })),
    )
    const batches = await Promise.all(deliveries.map((records) => deliver(seller, records)))
    await Promise.all(batches.map((batchId) => mediateBatch({ tenantId: seller.tenantId, batchId })))
    await Promise.all(batches.map((batchId) => rateBatch({ tenantId: seller.tenantId, batchId })))
    expect(await totalOf(seller.tenantId)).toBe('5 EUR')
  })
})
