import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { rateUsage } from './rate-usage.ts'
import { priceRule, ratingTerms, subscriptionsOf, trafficUsage } from './rating.fixture.ts'

const gb = (quantity: number | string, id = 'usage-1') => trafficUsage({ id, quantity: new Decimal(quantity) })
const hundredIncluded = priceRule({ included: new Decimal(100) })
const serverHour = priceRule({ id: 'hour', meter: 'server.running', unit: 'hour', unitPrice: new Decimal('0.02'), cap: new Decimal('10') })
const web1 = { id: 'subscription-1', productId: 'web-1', startsAt: new Date('2026-01-01T00:00:00Z'), proration: 'day' as const }

test('the included quantity is free and the rest costs the unit price', () => {
  const { charges } = rateUsage({ terms: ratingTerms({ rules: [hundredIncluded] }), usage: [gb(160)], counters: [] })
  expect(charges).toHaveLength(1)
  expect(charges[0]).toMatchObject({
    sourceKey: 'usage:usage-1',
    currency: 'EUR',
    priceVersionId: 'version-1',
    billingPeriod: '2026-06-01',
  })
  expect([charges[0]?.quantity, charges[0]?.includedQuantity, charges[0]?.billedQuantity, charges[0]?.amount].map(String)).toEqual([
    '160',
    '100',
    '60',
    '6',
  ])
})

test('the allowance of a month is used up across batches', () => {
  const terms = ratingTerms({ rules: [hundredIncluded] })
  const first = rateUsage({ terms, usage: [gb(95)], counters: [] })
  const second = rateUsage({ terms, usage: [gb(12, 'usage-2')], counters: first.counters })
  expect(String(first.charges[0]?.amount)).toBe('0')
  expect(String(second.charges[0]?.amount)).toBe('0.7')
  expect(second.counters).toEqual([{ counterKey: 'contract|rule-1', periodStart: '2026-06-01', consumed: new Decimal(107) }])
})

test('each subscription has its own allowance', () => {
  const subscriptions = subscriptionsOf(web1, { ...web1, id: 'subscription-2' })
  const usage = [
    trafficUsage({ id: 'a', quantity: new Decimal(140), subscriptionId: 'subscription-1' }),
    trafficUsage({ id: 'b', quantity: new Decimal(60), subscriptionId: 'subscription-2' }),
  ]
  const { charges } = rateUsage({ terms: ratingTerms({ rules: [hundredIncluded], subscriptions }), usage, counters: [] })
  expect(charges.map((charge) => String(charge.billedQuantity))).toEqual(['40', '0'])
})

test('a subscription that begins on the 16th has half the allowance of June', () => {
  const subscriptions = subscriptionsOf({ ...web1, startsAt: new Date('2026-06-16T09:30:00Z') })
  const usage = [
    trafficUsage({
      quantity: new Decimal(60),
      subscriptionId: 'subscription-1',
      window: { start: new Date('2026-06-20T00:00:00Z'), end: new Date('2026-06-21T00:00:00Z') },
    }),
  ]
  const { charges } = rateUsage({ terms: ratingTerms({ rules: [hundredIncluded], subscriptions }), usage, counters: [] })
  expect(String(charges[0]?.billedQuantity)).toBe('10')
})

test('by anniversary the allowance counts in the months of the service, not of the invoice', () => {
  const subscriptions = subscriptionsOf({
    ...web1,
    startsAt: new Date('2026-06-08T08:00:00Z'),
    cycle: { zone: 'Europe/Zurich', anchorDay: 8 },
  })
  const day = (text: string) => ({ start: new Date(`2026-${text}T00:00:00Z`), end: new Date(`2026-${text}T12:00:00Z`) })
  const usage = [
    trafficUsage({ id: 'a', subscriptionId: 'subscription-1', quantity: new Decimal(95), window: day('06-30') }),
    trafficUsage({ id: 'b', subscriptionId: 'subscription-1', quantity: new Decimal(35), window: day('07-05') }),
  ]
  const { charges } = rateUsage({ terms: ratingTerms({ rules: [hundredIncluded], subscriptions }), usage, counters: [] })
  expect(charges.map((charge) => String(charge.billedQuantity))).toEqual(['0', '30'])
  expect(charges.map((charge) => charge.billingPeriod)).toEqual(['2026-06-08', '2026-06-08'])
})

test('a server by the hour never costs more than its monthly cap', () => {
  const usage = trafficUsage({ meter: 'server.running', unit: 'hour', quantity: new Decimal(480), subscriptionId: 'subscription-1' })
  const terms = ratingTerms({ rules: [serverHour], subscriptions: subscriptionsOf(web1) })
  const first = rateUsage({ terms, usage: [usage], counters: [] })
  const second = rateUsage({ terms, usage: [{ ...usage, id: 'usage-2', quantity: new Decimal(240) }], counters: first.counters })
  expect(first.charges[0]).toMatchObject({ amount: new Decimal('9.6'), reason: { isCapped: false } })
  expect(second.charges[0]).toMatchObject({ amount: new Decimal('0.4'), billedQuantity: new Decimal(240), reason: { isCapped: true } })
})

test('without subscriptions the cap counts for each resource', () => {
  const hours = (id: string, resourceRef: string) =>
    trafficUsage({ id, resourceRef, meter: 'server.running', unit: 'hour', quantity: new Decimal(600) })
  const { charges } = rateUsage({
    terms: ratingTerms({ rules: [serverHour] }),
    usage: [hours('a', 'server-1'), hours('b', 'server-2')],
    counters: [],
  })
  expect(charges.map((charge) => String(charge.amount))).toEqual(['10', '10'])
})

test('a window across the end of a month is split by time and the parts sum to the whole', () => {
  const window = { start: new Date('2026-06-30T12:00:00Z'), end: new Date('2026-07-01T12:00:00Z') }
  const { charges } = rateUsage({ terms: ratingTerms(), usage: [trafficUsage({ quantity: new Decimal('1'), window })], counters: [] })
  expect(charges.map((charge) => String(charge.quantity))).toEqual(['0.416666666666', '0.583333333334'])
  expect(charges.map((charge) => charge.billingPeriod)).toEqual(['2026-06-01', '2026-07-01'])
  expect(charges.map((charge) => charge.sourceKey)).toEqual(['usage:usage-1', 'usage:usage-1@2026-06-30T22:00:00.000Z'])
})

test('each part of a window has the price of its own time', () => {
  const noon = new Date('2026-06-10T12:00:00Z')
  const rules = [
    priceRule({ validTo: noon }),
    priceRule({ id: 'rule-2', priceVersionId: 'version-2', unitPrice: new Decimal('0.20'), validFrom: noon }),
  ]
  const window = { start: new Date('2026-06-10T00:00:00Z'), end: new Date('2026-06-11T00:00:00Z') }
  const { charges } = rateUsage({
    terms: ratingTerms({ rules }),
    usage: [trafficUsage({ quantity: new Decimal(10), window })],
    counters: [],
  })
  expect(charges.map((charge) => [charge.priceVersionId, String(charge.amount)])).toEqual([
    ['version-1', '0.5'],
    ['version-2', '1'],
  ])
})

test('usage without a price, or priced in another unit, is refused whole and moves no counter', () => {
  const rules = [priceRule({ included: new Decimal(5), validTo: new Date('2026-06-10T10:30:00Z') })]
  expect(rateUsage({ terms: ratingTerms({ rules }), usage: [gb(1)], counters: [] })).toEqual({
    charges: [],
    counters: [],
    refused: [{ usageId: 'usage-1', reason: 'no-price' }],
  })
  expect(rateUsage({ terms: ratingTerms(), usage: [trafficUsage({ unit: 'GiB' })], counters: [] }).refused).toEqual([
    { usageId: 'usage-1', reason: 'unit-mismatch' },
  ])
})

test('a bucket costs its greatest size of the month, however often it is read', () => {
  const rules = [priceRule({ meter: 'bucket', unit: 'GiB', unitPrice: new Decimal('0.02') })]
  const read = (id: string, size: number, resourceRef = 'bucket-1') =>
    trafficUsage({ id, meter: 'bucket', unit: 'GiB', quantity: new Decimal(size), resourceRef })
  const usage = [read('a', 50), read('b', 80), read('c', 60), read('d', 10, 'bucket-2')]
  const { charges } = rateUsage({ terms: ratingTerms({ rules }), usage, counters: [] })
  expect(charges.map((charge) => String(charge.quantity))).toEqual(['50', '30', '0', '10'])
})

test('usage of a subscription that was not given is a mistake of the caller', () => {
  expect(() => rateUsage({ terms: ratingTerms(), usage: [trafficUsage({ subscriptionId: 'unknown' })], counters: [] })).toThrow(
    'subscription unknown was not given',
  )
})
