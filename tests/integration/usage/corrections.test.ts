import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { handDownUsage } from '#app/services/usage/hand-down-usage.server.ts'
import { handDownBatch, mediateBatch, rateBatch } from '#app/services/usage/process-batch.server.ts'
import { asOffice, buildAccount, buildContract } from '#tests/support/builders.ts'
import { bill, buildBuyer, buildReseller, buildSeller, deliver, processDown, reported, type Seller } from '#tests/support/usage.ts'
import { batchOf, chargesOf, quarantineOf, stateOf, totalOf } from '#tests/support/usage-facts.ts'

const included100 = [{ feeKind: 'usage', meter: 'traffic.sent', price: '0.1', included: '100' }] as const
const gb = (amount: number, changes: Parameters<typeof reported>[0] = {}) => reported({ quantity: `${amount}000000000`, ...changes })

let seller: Seller
beforeEach(async () => {
  setClock(fixedClock('2026-07-02T00:00:00Z'))
  seller = await buildSeller(included100)
})
afterEach(() => setClock())

const shown = async (tenantId: string) => (await chargesOf(tenantId)).map((charge) => [charge.quantity, charge.amount, charge.class])

async function give(tenantId: string, ref: string, accountId: string): Promise<void> {
  await inTenant(tenantId, async ({ db }) => {
    const mapping = await db.cloudMapping.findFirstOrThrow({ where: { tenantId, externalId: ref } })
    await db.cloudMapping.updateMany({ where: { tenantId, id: mapping.id }, data: { accountId } })
  })
}

describe('the same fact with a larger quantity', () => {
  test('takes back what was charged and charges anew, in the money the month then costs', async () => {
    await bill(seller, [gb(50), gb(70, { resourceRef: 'srv-2' })])
    await bill(seller, [gb(60)])
    expect(await shown(seller.tenantId)).toEqual([
      ['50', '0', ''],
      ['70', '2', ''],
      ['-50', '-2', 'Correction'],
      ['60', '3', 'Correction'],
    ])
    expect(await totalOf(seller.tenantId)).toBe('3 EUR')
  })

  test('runs down every level, each with its own price and allowance', async () => {
    const reseller = await buildReseller(seller, [{ feeKind: 'usage', meter: 'traffic.sent', price: '0.2', included: '20' }])
    await bill(seller, [gb(110)])
    await bill(seller, [gb(130)])
    expect(await shown(seller.tenantId)).toEqual([
      ['110', '1', ''],
      ['-110', '-1', 'Correction'],
      ['130', '3', 'Correction'],
    ])
    expect(await shown(reseller.tenantId)).toEqual([
      ['110', '18', ''],
      ['-110', '-18', 'Correction'],
      ['130', '22', 'Correction'],
    ])
  })

  test('replaces the latest of several', async () => {
    await bill(seller, [gb(110)])
    await bill(seller, [gb(120)])
    await bill(seller, [gb(150)])
    expect(await totalOf(seller.tenantId)).toBe('5 EUR')
  })

  test('that nobody rated before is not charged at all', async () => {
    const early = await deliver(seller, [gb(110)])
    await mediateBatch({ tenantId: seller.tenantId, batchId: early })
    await bill(seller, [gb(120)])
    await bill(seller, [gb(150)])
    await processDown(seller.tenantId, early)
    expect(await shown(seller.tenantId)).toEqual([
      ['120', '2', ''],
      ['-120', '-2', 'Correction'],
      ['150', '5', 'Correction'],
    ])
  })

  test('when the fact has another owner by now, gives back to one and charges the other', async () => {
    const other = await buildAccount(seller.tenantId)
    await buildContract(seller.tenantId, { accountId: other, priceBookId: seller.priceBookId })
    await bill(seller, [gb(110)])
    await give(seller.tenantId, 'acc-1', other)
    const batch = await bill(seller, [gb(130)])
    expect(await batchOf(seller.tenantId, batch)).toMatchObject({ stored: 1, accepted: 1, quarantined: 0, dropped: 0 })
    const sums = new Map<string, number>()
    for (const { accountId, amount } of await chargesOf(seller.tenantId)) sums.set(accountId, (sums.get(accountId) ?? 0) + Number(amount))
    expect([sums.get(seller.accountId), sums.get(other)]).toEqual([0, 3])
  })

  test('when a reseller’s server went to another reseller, is given back down the first chain', async () => {
    const first = await buildReseller(seller, included100)
    const { accountId } = await buildBuyer(seller.tenantId, seller.cloudRef, included100, 'acc-2')
    const second = await buildReseller({ ...seller, accountId }, included100)
    await bill(seller, [gb(110)])
    await give(seller.tenantId, 'acc-1', accountId)
    await bill(seller, [gb(130)])
    expect([await totalOf(seller.tenantId), await totalOf(first.tenantId), await totalOf(second.tenantId)]).toEqual([
      '3 EUR',
      '0 EUR',
      '3 EUR',
    ])
  })

  test('when a server changed hands inside the reseller, is given back to the one that had it', async () => {
    const reseller = await buildReseller(seller, included100)
    const { accountId } = await buildBuyer(reseller.tenantId, reseller.cloudRef, included100, 'acc-9')
    await bill(seller, [gb(110)])
    await give(reseller.tenantId, 'acc-1', accountId)
    await bill(seller, [gb(130)])
    expect(await totalOf(seller.tenantId)).toBe('3 EUR')
    expect(
      (await chargesOf(reseller.tenantId)).map((charge) => [
        charge.accountId === accountId ? 'new' : 'old',
        charge.quantity,
        charge.amount,
      ]),
    ).toEqual([
      ['old', '110', '1'],
      ['old', '-110', '-1'],
      ['old', '0', '0'],
      ['new', '130', '3'],
    ])
  })
})

describe('deliveries out of order', () => {
  test('a correction that is handed down before what it corrects takes it along', async () => {
    const reseller = await buildReseller(seller, included100)
    const early = await deliver(seller, [gb(110)])
    await mediateBatch({ tenantId: seller.tenantId, batchId: early })
    await rateBatch({ tenantId: seller.tenantId, batchId: early })
    await bill(seller, [gb(130)])
    await processDown(seller.tenantId, early)
    expect([await totalOf(seller.tenantId), await totalOf(reseller.tenantId)]).toEqual(['3 EUR', '3 EUR'])
  })

  test('three revisions of one fact, handed down last first, cost what the last one says', async () => {
    const reseller = await buildReseller(seller, included100)
    const batches: string[] = []
    for (const amount of [110, 120, 150]) {
      const batch = await deliver(seller, [gb(amount)])
      await mediateBatch({ tenantId: seller.tenantId, batchId: batch })
      batches.unshift(batch)
    }
    for (const batchId of batches) await handDownBatch({ tenantId: seller.tenantId, batchId })
    for (const batchId of batches) await processDown(seller.tenantId, batchId)
    expect([await totalOf(seller.tenantId), await totalOf(reseller.tenantId)]).toEqual(['5 EUR', '5 EUR'])
  })

  test('two hand-downs of one fact’s revisions at once end the same', async () => {
    const reseller = await buildReseller(seller, included100)
    const refs = Array.from({ length: 40 }, (_, index) => `srv-${index}`)
    const first = await deliver(
      seller,
      refs.map((resourceRef) => gb(10, { resourceRef })),
    )
    await mediateBatch({ tenantId: seller.tenantId, batchId: first })
    const second = await deliver(
      seller,
      refs.map((resourceRef) => gb(20, { resourceRef })),
    )
    await mediateBatch({ tenantId: seller.tenantId, batchId: second })
    const handDown = (batchId: string) => handDownUsage({ tenantId: seller.tenantId, batchId, childTenantId: reseller.tenantId })
    const [a, b] = await Promise.all([handDown(first), handDown(second)])
    await Promise.all([
      rateBatch({ tenantId: reseller.tenantId, batchId: a.batchId }),
      rateBatch({ tenantId: reseller.tenantId, batchId: b.batchId }),
    ])
    expect(await totalOf(reseller.tenantId)).toBe('70 EUR')
  })
})

test('the same fact with a smaller quantity is set aside and changes nothing', async () => {
  await bill(seller, [gb(130)])
  const batch = await bill(seller, [gb(110)])
  expect(await quarantineOf(seller.tenantId)).toEqual(['conflicting-quantity 1'])
  expect(await batchOf(seller.tenantId, batch)).toMatchObject({ stored: 1, accepted: 0, quarantined: 1, dropped: 0, conflicts: 1 })
  expect(await totalOf(seller.tenantId)).toBe('3 EUR')
})

test('a correction without a price is set aside whole: nothing is given back before the rest can be charged', async () => {
  const priced = await buildSeller([])
  const rule = { unit: 'GB', feeKind: 'usage', meter: 'traffic.sent', unitPrice: '0.1', included: '100', isPublic: false }
  await asOffice(priced.tenantId, async ({ db, tenantId }) => {
    const version = await db.priceVersion.findFirstOrThrow({ where: { tenantId } })
    await db.priceRule.createMany({
      data: [{ ...rule, tenantId, id: crypto.randomUUID(), priceVersionId: version.id, match: { zone: 'fra-1' } }],
    })
  })
  const first = gb(110, { dimensions: { zone: 'fra-1' } })
  await bill(priced, [first])
  await bill(priced, [gb(130, { contentKey: first.contentKey, dimensions: { zone: 'zrh-1' } })])
  expect(await quarantineOf(priced.tenantId)).toEqual(['no-price 1'])
  expect(await totalOf(priced.tenantId)).toBe('1 EUR')
  expect(await stateOf(priced.tenantId)).toMatch(/^counter contract.*2026-06-01110\.0+$/m)
})
