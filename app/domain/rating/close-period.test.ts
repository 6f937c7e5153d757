import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import type { PriceRule } from '../pricing/price-rule.ts'
import { closingCharges } from './close-period.ts'
import { rateUsage } from './rate-usage.ts'
import { priceRule, ratingTerms, subscriptionsOf, trafficUsage } from './rating.fixture.ts'
import type { RatedSubscription, UsageToRate } from './terms.ts'

const web1: RatedSubscription = { id: 'subscription-1', productId: 'web-1', startsAt: new Date('2026-01-01T00:00:00Z'), proration: 'day' }
const committed = priceRule({ productId: 'web-1', minimum: new Decimal(50) })
const firstOfJuly = new Date('2026-06-30T22:00:00Z')
const gb = (quantity: number, id = 'usage-1') => trafficUsage({ id, quantity: new Decimal(quantity), subscriptionId: 'subscription-1' })
const tiers = [
  { upTo: new Decimal(100), unitPrice: new Decimal('0.10'), flat: new Decimal(30) },
  { upTo: null, unitPrice: new Decimal('0.05'), flat: new Decimal(0) },
]
const withFlat = priceRule({ productId: 'web-1', model: { kind: 'graduated', params: { tiers } } })

type Case = { rules: PriceRule[]; usage?: UsageToRate[]; pool?: RatedSubscription[] }
function close({ rules, usage = [], pool = [web1] }: Case): string[] {
  const terms = ratingTerms({ rules, subscriptions: subscriptionsOf(...pool), pool })
  const { counters } = rateUsage({ terms, usage, counters: [] })
  return closingCharges({ terms, counters, closesAt: firstOfJuly }).map(({ sourceKey, amount }) => `${sourceKey} ${amount}`)
}

test('a commitment that is not reached is made up for', () => {
  expect(close({ rules: [committed], usage: [gb(120)] })).toEqual(['true-up:subscription-1:rule-1:2026-06-01 38'])
  expect(close({ rules: [committed] })).toEqual(['true-up:subscription-1:rule-1:2026-06-01 50'])
})

test('a commitment that is reached adds nothing, and says so to whoever charged it before', () => {
  expect(close({ rules: [committed], usage: [gb(800)] })).toEqual(['true-up:subscription-1:rule-1:2026-06-01 0'])
})

test('the flat price of the first tier is due without any use', () => {
  expect(close({ rules: [withFlat] })).toEqual(['standing:subscription-1:rule-1:2026-06-01 30'])
  expect(close({ rules: [withFlat], usage: [gb(150)] })).toEqual(['standing:subscription-1:rule-1:2026-06-01 30'])
})

test('a standing charge counts towards the commitment', () => {
  expect(close({ rules: [{ ...withFlat, minimum: new Decimal(50) }], usage: [gb(100)] })).toEqual([
    'standing:subscription-1:rule-1:2026-06-01 30',
    'true-up:subscription-1:rule-1:2026-06-01 10',
  ])
})

test('half a month owes half, by the days of the plan; a plan without proration owes all', () => {
  const half = { ...web1, startsAt: new Date('2026-06-15T22:00:00Z') }
  expect(close({ rules: [withFlat], pool: [half] })).toEqual(['standing:subscription-1:rule-1:2026-06-01 15'])
  expect(close({ rules: [withFlat], pool: [{ ...half, endsAt: new Date('2026-06-20T22:00:00Z') }] })).toEqual([
    'standing:subscription-1:rule-1:2026-06-01 5',
  ])
  expect(close({ rules: [withFlat], pool: [{ ...half, proration: 'none' }] })).toEqual(['standing:subscription-1:rule-1:2026-06-01 30'])
})

test('a subscription that was not there owes nothing', () => {
  expect(close({ rules: [withFlat, committed], pool: [{ ...web1, startsAt: firstOfJuly }] })).toEqual([])
  expect(close({ rules: [withFlat], pool: [{ ...web1, productId: 'web-9' }] })).toEqual([])
})

test('two versions in one month owe a share each', () => {
  const middle = new Date('2026-06-15T22:00:00Z')
  const rules = [
    { ...committed, validTo: middle },
    { ...committed, id: 'raised', minimum: new Decimal(100), validFrom: middle },
  ]
  expect(close({ rules })).toEqual(['true-up:subscription-1:raised:2026-06-01 50', 'true-up:subscription-1:rule-1:2026-06-01 25'])
})

test('a price that another one takes the place of owes nothing', () => {
  expect(close({ rules: [committed, priceRule({ id: 'own', layer: 0 })] })).toEqual([])
})

test('a pool has one commitment, however many share it', () => {
  const shared: PriceRule = { ...committed, includedScope: 'pool' }
  const pool = [web1, { ...web1, id: 'subscription-2', startsAt: new Date('2026-06-20T00:00:00Z') }]
  expect(close({ rules: [shared], pool, usage: [gb(120)] })).toEqual(['true-up:contract-1/pool:rule-1:2026-06-01 38'])
})

test('a commitment for all products is made up for by whoever used it', () => {
  const general: PriceRule = { ...committed, productId: null }
  expect(close({ rules: [general] })).toEqual([])
  expect(close({ rules: [general], usage: [gb(100)] })).toEqual(['true-up:subscription-1:rule-1:2026-06-01 40'])
})

test('a closing charge says what it makes up for', () => {
  const terms = ratingTerms({ rules: [committed], subscriptions: subscriptionsOf(web1) })
  const [charge] = closingCharges({ terms, counters: [], closesAt: firstOfJuly })
  expect(charge).toMatchObject({
    feeKind: 'recurring',
    category: 'Purchase',
    subscriptionId: 'subscription-1',
    meter: 'traffic.sent',
    billingPeriod: '2026-06-01',
    reason: { kind: 'true-up', whole: '50', reached: '0' },
  })
})
