import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import type { PriceModelKind } from '../pricing/models/price-model.ts'
import { readPriceModel } from '../pricing/models/registry.ts'
import type { PriceRule, RuleModel } from '../pricing/price-rule.ts'
import { invariant } from '../shared/invariant.ts'
import { rateUsage } from './rate-usage.ts'
import { priceRule, ratingTerms, subscriptionsOf, trafficUsage } from './rating.fixture.ts'

function model(kind: PriceModelKind, terms: unknown): RuleModel {
  const read = readPriceModel(kind, terms)
  invariant(read.ok, `model: ${kind} is not readable`)
  return read.value
}

const gb = (quantity: number | string, id = 'usage-1', changes = {}) => trafficUsage({ id, quantity: new Decimal(quantity), ...changes })
const rate = (rule: PriceRule, usage: ReturnType<typeof gb>[], counters = {}) =>
  rateUsage({ terms: ratingTerms({ rules: [rule] }), usage, counters: [], ...counters })
const steps = priceRule({
  model: model('graduated', {
    tiers: [
      { upTo: '10000', unitPrice: '0.02' },
      { upTo: '50000', unitPrice: '0.015', flat: '10' },
      { upTo: null, unitPrice: '0.01' },
    ],
  }),
})

test('usage that crosses tiers is charged tier by tier, each at its own price', () => {
  const { charges } = rate(steps, [gb(60000)])
  expect(
    charges.map(({ sourceKey, tier, quantity, unitPrice, amount }) => [sourceKey, tier, ...[quantity, unitPrice, amount].map(String)]),
  ).toEqual([
    ['usage:usage-1', 0, '10000', '0.02', '200'],
    ['usage:usage-1#1', 1, '40000', '0.015', '610'],
    ['usage:usage-1#2', 2, '10000', '0.01', '100'],
  ])
  expect(charges.map(({ reason }) => reason.kind === 'usage' && [reason.model, reason.tier])).toEqual([
    ['graduated', 0],
    ['graduated', 1],
    ['graduated', 2],
  ])
})

test('the tier goes on where the last batch ended', () => {
  const first = rate(steps, [gb(9990)])
  const second = rate(steps, [gb(20, 'usage-2'), gb(5, 'usage-3')], { counters: first.counters })
  expect(second.charges.map(({ tier, quantity, amount }) => [tier, String(quantity), String(amount)])).toEqual([
    [0, '10', '0.2'],
    [1, '10', '10.15'],
    [1, '5', '0.075'],
  ])
})

test('a correction across a tier gives back tier by tier what was charged', () => {
  const { charges } = rate(steps, [gb(10010), gb(-30, 'usage-2')])
  expect(charges.slice(2).map(({ sourceKey, tier, quantity, amount }) => [sourceKey, tier, String(quantity), String(amount)])).toEqual([
    ['usage:usage-2', 1, '-10', '-10.15'],
    ['usage:usage-2#0', 0, '-20', '-0.4'],
  ])
})

test('the allowance comes before the tiers', () => {
  const { charges } = rate({ ...steps, included: new Decimal(100) }, [gb(40), gb(80, 'usage-2')])
  expect(
    charges.map(({ tier, includedQuantity, billedQuantity, amount }) => [tier, ...[includedQuantity, billedQuantity, amount].map(String)]),
  ).toEqual([
    [0, '40', '0', '0'],
    [0, '60', '20', '0.4'],
  ])
})

test('a cap holds over all tiers together', () => {
  const { charges } = rate({ ...steps, cap: new Decimal(205), productId: null }, [gb(60000)])
  expect(charges.map(({ amount, reason }) => [String(amount), reason.kind === 'usage' && reason.isCapped])).toEqual([
    ['200', false],
    ['5', true],
    ['0', true],
  ])
})

test('by volume, reaching a cheaper tier lowers what was charged before', () => {
  const rule = priceRule({
    model: model('volume', {
      tiers: [
        { upTo: '1000', unitPrice: '0.10' },
        { upTo: null, unitPrice: '0.05' },
      ],
    }),
  })
  const { charges } = rate(rule, [gb(1000), gb(1, 'usage-2'), gb(99, 'usage-3')])
  expect(charges.map(({ tier, amount }) => [tier, String(amount)])).toEqual([
    [null, '100'],
    [null, '-49.95'],
    [null, '4.95'],
  ])
})

test('a package is paid when it is begun', () => {
  const rule = priceRule({ model: model('package', { size: '100', price: '5', free: '10' }) })
  const { charges } = rate(rule, [gb(10), gb(1, 'usage-2'), gb(99, 'usage-3'), gb(1, 'usage-4')])
  expect(charges.map(({ amount }) => String(amount))).toEqual(['0', '5', '0', '5'])
})

test('the hours of each server are rounded up by themselves', () => {
  const rule = priceRule({ meter: 'server.running', unit: 'hour', unitPrice: new Decimal('0.10'), quantityStep: new Decimal(1) })
  const hours = (id: string, quantity: string, resourceRef: string) =>
    gb(quantity, id, { meter: 'server.running', unit: 'hour', resourceRef })
  const { charges, counters } = rate(rule, [
    hours('a', '0.4', 'one'),
    hours('b', '0.4', 'one'),
    hours('c', '0.4', 'two'),
    hours('d', '0.4', 'one'),
  ])
  expect(charges.map(({ quantity, amount }) => [String(quantity), String(amount)])).toEqual([
    ['1', '0.1'],
    ['0', '0'],
    ['1', '0.1'],
    ['1', '0.1'],
  ])
  expect(counters.map(({ counterKey, consumed }) => [counterKey, String(consumed)])).toEqual([
    ['step||one|rule-1', '1.2'],
    ['step||two|rule-1', '0.4'],
  ])
})

const plan = priceRule({ productId: 'web-1', included: new Decimal(100) })
const web1 = { id: 'subscription-1', productId: 'web-1', startsAt: new Date('2026-01-01T00:00:00Z'), proration: 'day' as const }
const web2 = { ...web1, id: 'subscription-2', startsAt: new Date('2026-06-16T00:00:00Z') }

test('a pool is as large as the allowances of all who share it, and anybody may use it up', () => {
  const terms = ratingTerms({
    rules: [{ ...plan, includedScope: 'pool' }],
    subscriptions: subscriptionsOf(web1),
    pool: [web1, web2, { ...web1, id: 'ended', endsAt: new Date('2026-05-31T00:00:00Z') }, { ...web1, id: 'other', productId: 'web-9' }],
  })
  const { charges, counters } = rateUsage({ terms, usage: [gb(180, 'usage-1', { subscriptionId: 'subscription-1' })], counters: [] })
  expect(charges.map(({ includedQuantity, billedQuantity }) => [String(includedQuantity), String(billedQuantity)])).toEqual([['150', '30']])
  expect(counters.map(({ counterKey }) => counterKey)).toEqual(['pool|rule-1'])
})

test('an allowance per server is not shared between servers', () => {
  const terms = ratingTerms({ rules: [{ ...plan, includedScope: 'resource' }], subscriptions: subscriptionsOf(web1) })
  const usage = [gb(90, 'a', { subscriptionId: web1.id }), gb(90, 'b', { subscriptionId: web1.id, resourceRef: 'server-2' })]
  expect(rateUsage({ terms, usage, counters: [] }).charges.map(({ billedQuantity }) => String(billedQuantity))).toEqual(['0', '0'])
})

const inMonth = (month: number) => ({
  window: { start: new Date(Date.UTC(2026, month - 1, 10)), end: new Date(Date.UTC(2026, month - 1, 10, 1)) },
  subscriptionId: 'subscription-1',
})
const rolling = ratingTerms({
  rules: [{ ...plan, rollsOver: true }],
  subscriptions: subscriptionsOf({ ...web1, startsAt: new Date('2026-05-01T00:00:00Z') }),
})

test('what is left of an allowance is added to that of the next month, and no longer', () => {
  const june = rateUsage({ terms: rolling, usage: [gb(70, 'may', inMonth(5)), gb(125, 'june', inMonth(6))], counters: [] })
  expect(june.charges.map(({ includedQuantity }) => String(includedQuantity))).toEqual(['70', '125'])
  expect(june.charges[1]?.reason).toMatchObject({ carried: '30' })
  const july = rateUsage({ terms: rolling, usage: [gb(200, 'july', inMonth(7))], counters: june.counters })
  expect(july.charges.map(({ includedQuantity }) => String(includedQuantity))).toEqual(['105'])
})

test('what was carried is fixed when the month is first rated', () => {
  const june = rateUsage({ terms: rolling, usage: [gb(10, 'june', inMonth(6))], counters: [] })
  expect(june.counters).toContainEqual({ counterKey: 'carry|subscription-1|rule-1', periodStart: '2026-06-01', consumed: new Decimal(100) })
  const late = rateUsage({ terms: rolling, usage: [gb(50, 'may', inMonth(5)), gb(195, 'june-2', inMonth(6))], counters: june.counters })
  expect(late.charges.map(({ billedQuantity }) => String(billedQuantity))).toEqual(['0', '5'])
})

test('nothing is carried into the first month, and a month without any use carries all of its allowance', () => {
  const first = rateUsage({ terms: rolling, usage: [gb(150, 'may', inMonth(5))], counters: [] })
  expect(first.charges.map(({ billedQuantity }) => String(billedQuantity))).toEqual(['50'])
  const july = rateUsage({ terms: rolling, usage: [gb(250, 'july', inMonth(7))], counters: first.counters })
  expect(july.charges.map(({ billedQuantity }) => String(billedQuantity))).toEqual(['50'])
})

test('an allowance is carried over a change of price', () => {
  const june = new Date('2026-05-31T22:00:00Z')
  const rules = [
    { ...plan, rollsOver: true, validTo: june },
    { ...plan, id: 'rule-2', rollsOver: true, validFrom: june },
  ]
  const { charges } = rateUsage({
    terms: { ...rolling, rules },
    usage: [gb(60, 'may', inMonth(5)), gb(150, 'june', inMonth(6))],
    counters: [],
  })
  expect(charges.map(({ priceRuleId, billedQuantity }) => [priceRuleId, String(billedQuantity)])).toEqual([
    ['rule-1', '0'],
    ['rule-2', '10'],
  ])
})

const upgraded = {
  ...web1,
  phases: [
    { startsAt: web1.startsAt, endsAt: new Date('2026-06-10T10:30:00Z'), productId: 'web-1' },
    { startsAt: new Date('2026-06-10T10:30:00Z'), endsAt: null, productId: 'web-2', memberProductIds: ['backup'] },
  ],
}
const cheap = priceRule({ id: 'cheap', productId: 'web-1', unitPrice: new Decimal('0.10') })
const dear = priceRule({ id: 'dear', productId: 'web-2', unitPrice: new Decimal('0.20') })

test('usage across an upgrade is priced by each product for its own time', () => {
  const terms = ratingTerms({ rules: [cheap, dear], subscriptions: subscriptionsOf(upgraded) })
  const { charges } = rateUsage({ terms, usage: [gb(1, 'usage-1', { subscriptionId: web1.id })], counters: [] })
  expect(charges.map(({ productId, priceRuleId, amount }) => [productId, priceRuleId, String(amount)])).toEqual([
    ['web-1', 'cheap', '0.05'],
    ['web-2', 'dear', '0.1'],
  ])
})

test('a subscription that keeps its price version pays its prices whatever came after', () => {
  const change = new Date('2026-03-01T00:00:00Z')
  const rules = [
    { ...cheap, validTo: change },
    { ...cheap, id: 'raised', priceVersionId: 'version-2', unitPrice: new Decimal('0.30'), validFrom: change },
  ]
  const phase = { startsAt: web1.startsAt, endsAt: null, productId: 'web-1' }
  const priceFor = (priceVersionId: string | null) => {
    const terms = ratingTerms({ rules, subscriptions: subscriptionsOf({ ...web1, phases: [{ ...phase, priceVersionId }] }) })
    return rateUsage({ terms, usage: [gb(1, 'usage-1', { subscriptionId: web1.id })], counters: [] }).charges.map(
      (charge) => charge.priceRuleId,
    )
  }
  expect(priceFor('version-1')).toEqual(['cheap'])
  expect(priceFor(null)).toEqual(['raised'])
})

test('the reason says which of several values matched, and the rate a price was made with', () => {
  const exchange = { from: 'USD', rate: new Decimal('0.92'), source: 'ECB', date: '2026-06-01' }
  const rule = priceRule({ match: { zone: ['vienna', 'linz'], class: 'premium' }, layer: 2, exchange, minimum: new Decimal(5) })
  const { charges } = rate(rule, [gb(1, 'usage-1', { dimensions: { zone: 'linz', class: 'premium', os: 'linux' } })])
  expect(charges[0]?.reason).toEqual({
    kind: 'usage',
    basis: 'dimensions',
    matched: { zone: 'linz', class: 'premium' },
    isCapped: false,
    isSplit: false,
    tier: null,
    layer: 2,
    model: 'per-unit',
    minimum: '5',
    carried: null,
    exchange: { from: 'USD', rate: '0.92', source: 'ECB', date: '2026-06-01' },
  })
})
