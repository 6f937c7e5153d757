import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { bill, buildBuyer, buildMapping, buildSeller, ran, reported, type Seller } from '#tests/support/usage.ts'
import { batchOf, chargesOf, quarantineOf, totalOf } from '#tests/support/usage-facts.ts'

let seller: Seller
beforeEach(async () => {
  setClock(fixedClock('2026-07-02T00:00:00Z'))
  seller = await buildSeller()
})
afterEach(() => setClock())

const day = (number: number) => ({
  windowStart: new Date(Date.UTC(2026, 5, number)),
  windowEnd: new Date(Date.UTC(2026, 5, number + 1)),
})

async function resource(ref: string, deletedAt: string | null): Promise<void> {
  const { tenantId, accountId, cloudRef } = seller
  const at = new Date('2026-06-01T00:00:00Z')
  await asOffice(tenantId, ({ db }) =>
    db.resource.createMany({
      data: [
        {
          tenantId,
          id: crypto.randomUUID(),
          accountId,
          cloudRef,
          externalId: ref,
          kind: 'server',
          name: ref,
          state: 'deleted',
          zone: 'fra-1',
          spec: {},
          isManaged: true,
          createdAt: at,
          deletedAt: deletedAt && new Date(deletedAt),
        },
      ],
    }),
  )
}

describe('usage that cannot be billed is set aside with its reason, and the rest is billed', () => {
  test.each<[string, Parameters<typeof reported>[0]]>([
    ['negative-quantity', { quantity: '-5368709120' }],
    ['impossible-quantity', { usageType: '1', quantity: '26' }],
    ['impossible-quantity', { quantity: '99999999999999999999' }],
    ['impossible-quantity', { usageType: '15', quantity: '1', dimensions: { cpuNumber: '9'.repeat(20), cpuSpeedMhz: '9'.repeat(20) } }],
    ['unknown-usage-type', { usageType: '77' }],
    ['unmapped-owner', { owner: { accountId: 'acc-nobody', domainPath: 'ROOT/nobody' } }],
    ['unmapped-owner', { owner: {} }],
    ['malformed-record', { problem: 'malformed-record', windowStart: new Date(0), windowEnd: new Date(0), owner: {} }],
    ['missing-dimension', { usageType: '6', quantity: '24' }],
    ['unit-mismatch', { dimensions: { unit: 'hour' } }],
  ])('%s: %j', async (reason, changes) => {
    const batch = await bill(seller, [reported(), reported({ resourceRef: 'other', ...changes })])
    expect(await quarantineOf(seller.tenantId)).toEqual([`${reason} 1`])
    expect(await batchOf(seller.tenantId, batch)).toMatchObject({ stored: 2, accepted: 1, quarantined: 1, dropped: 0 })
    expect(await totalOf(seller.tenantId)).toBe('0.1 EUR')
  })

  test('a record of a project is its project’s, not its account’s', async () => {
    const { accountId } = await buildBuyer(seller.tenantId, seller.cloudRef, undefined, 'acc-2')
    await buildMapping(seller.tenantId, { cloudRef: seller.cloudRef, kind: 'project', ref: 'prj-1', accountId })
    await bill(seller, [
      reported({ owner: { projectId: 'prj-1', domainPath: 'ROOT/ahorn' } }),
      reported({ owner: { projectId: 'prj-1', accountId: 'acc-1' } }),
    ])
    expect((await chargesOf(seller.tenantId)).map((charge) => charge.accountId)).toEqual([accountId, accountId])
  })

  test('domains own what runs below them, at any spelling of the path', async () => {
    await buildMapping(seller.tenantId, { cloudRef: seller.cloudRef, kind: 'domain', ref: '/ROOT/ahorn/', accountId: seller.accountId })
    await bill(seller, [reported({ owner: { domainPath: 'ROOT/ahorn/linde' } }), reported({ owner: { domainPath: 'ROOT/ahornblatt' } })])
    expect(await totalOf(seller.tenantId)).toBe('0.1 EUR')
    expect(await quarantineOf(seller.tenantId)).toEqual(['unmapped-owner 1'])
  })
})

describe('time', () => {
  test('usage that arrives late is billed in the month it was used in', async () => {
    await bill(seller, [reported()])
    await bill(seller, [reported(day(27))])
    expect((await chargesOf(seller.tenantId)).map(({ billingPeriod, amount }) => [billingPeriod, amount])).toEqual([
      ['2026-06-01', '0.1'],
      ['2026-06-01', '0.1'],
    ])
  })

  test('a ghost of a deleted server is set aside, its last day is cut to its life', async () => {
    await resource('srv-1', '2026-06-10T10:00:00Z')
    await bill(seller, [ran('24'), ran('24', day(11)), ran('24', day(12))])
    expect(await quarantineOf(seller.tenantId)).toEqual(['used-after-deletion 2'])
    expect((await chargesOf(seller.tenantId)).map(({ quantity, amount }) => [quantity, amount])).toEqual([['10', '0.2']])
  })

  test('a resize in the middle of a day fits into the day, in one delivery and in two', async () => {
    const [small, large] = [ran('13.5', { dimensions: { offering: 'S' } }), ran('10.5', { dimensions: { offering: 'M' } })]
    await bill(seller, [small])
    await bill(seller, [large])
    await bill(seller, [
      ran('13.5', { ...day(12), dimensions: { offering: 'S' } }),
      ran('10.5', { ...day(12), dimensions: { offering: 'M' } }),
    ])
    expect(await totalOf(seller.tenantId)).toBe('0.96 EUR')
    expect(await quarantineOf(seller.tenantId)).toEqual([])
  })

  test('a server has no more hours than its day, whatever it is reported as', async () => {
    await bill(seller, [ran('24')])
    await bill(seller, [ran('1', { dimensions: { offering: 'M' } }), ran('24', { resourceRef: 'srv-2' })])
    await bill(seller, [ran('24', { windowStart: new Date('2026-06-10T12:00:00Z'), windowEnd: new Date('2026-06-11T12:00:00Z') })])
    expect(await quarantineOf(seller.tenantId)).toEqual(['impossible-quantity 2'])
    expect(await totalOf(seller.tenantId)).toBe('0.96 EUR')
  })
})

test('a cloud is billed by running or by allocated hours, never by both', async () => {
  const records = [ran('20'), ran('24', { usageType: '2' })]
  const batch = await bill(seller, records)
  expect(await batchOf(seller.tenantId, batch)).toMatchObject({ stored: 2, accepted: 1, dropped: 1, quarantined: 0 })
  expect((await chargesOf(seller.tenantId)).map(({ meter, quantity }) => [meter, quantity])).toEqual([['server.running', '20']])

  const other = await buildSeller([{ feeKind: 'usage', meter: 'server.allocated', unit: 'hour', price: '0.01' }])
  await asOffice(other.tenantId, ({ db, tenantId }) =>
    db.cloudConnection.updateMany({ where: { tenantId }, data: { billedServerMeter: 'allocated' } }),
  )
  await bill(other, records)
  expect((await chargesOf(other.tenantId)).map(({ meter, amount }) => [meter, amount])).toEqual([['server.allocated', '0.24']])
})

test('of two reports in one delivery the larger one that can be true counts', async () => {
  await bill(seller, [ran('23.25'), ran('26'), ran('24'), ran('20')])
  expect((await chargesOf(seller.tenantId)).map(({ quantity }) => quantity)).toEqual(['24'])
  expect(await quarantineOf(seller.tenantId)).toEqual(['conflicting-quantity 2', 'impossible-quantity 1'])
})
