import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { applyDiscounts } from './apply-discounts.ts'
import { coupon, discount, line } from './discount.fixture.ts'
import { type Discount, type DiscountableLine, scopeOf } from './discount.ts'

const apply = (lines: readonly DiscountableLine[], discounts: readonly Discount[]) => applyDiscounts({ currency: 'EUR', lines, discounts })
const taken = (lines: readonly DiscountableLine[], discounts: readonly Discount[]) =>
  apply(lines, discounts).map((step) => [step.discount.id, step.amount.minor])

describe('a percentage', () => {
  test('10 % of 95.00 and 6.00 is 10.10', () => {
    const [step] = apply([line('web-2', 9500n), line('mysql', 600n)], [discount()])
    expect(step?.amount).toEqual(money(-1010n, 'EUR'))
    expect([...(step?.shares ?? [])].map(([key, share]) => `${key} ${share.minor}`)).toEqual(['mysql -60', 'web-2 -950'])
  })
  test('is rounded once over all its lines', () =>
    expect(taken([line('a', 5n), line('b', 5n), line('c', 5n)], [discount()])).toEqual([['discount-1', -2n]]))
  test('leaves setup fees alone when it is off recurring fees', () =>
    expect(taken([line('setup', 1500n, { scope: 'setup' }), line('month', 9500n)], [discount()])).toEqual([['discount-1', -950n]]))
  test('takes its part of a credit back', () =>
    expect(taken([line('old', -950n), line('new', 3950n)], [discount()])).toEqual([['discount-1', -300n]]))
  test('of a hundred leaves nothing to the next', () =>
    expect(
      apply([line('a', 2490n)], [discount({ value: { method: 'percent', percent: new Decimal(100) }, priority: 1 }), coupon(500n)]).map(
        (step) => [step.amount.minor, step.left?.minor, step.refusal],
      ),
    ).toEqual([
      [-2490n, undefined, null],
      [0n, 500n, 'nothing-left'],
    ]))
})

describe('a fixed amount', () => {
  test('stops at zero and carries its rest over', () => {
    const [step] = apply([line('a', 1900n)], [coupon(5000n)])
    expect([step?.amount.minor, step?.left?.minor]).toEqual([-1900n, 3100n])
  })
  test('in another currency does not apply', () => {
    const [step] = apply([line('a', 1900n)], [coupon(5000n, 'USD')])
    expect([step?.amount.minor, step?.refusal, step?.left]).toEqual([0n, 'other-currency', money(5000n, 'USD')])
  })
  test('is spread by the largest remainder', () => {
    const [step] = apply([line('a', 100n), line('b', 100n), line('c', 100n)], [coupon(100n)])
    expect([...(step?.shares.values() ?? [])].map((share) => share.minor)).toEqual([-34n, -33n, -33n])
  })
})

describe('free units', () => {
  const traffic = (key: string, quantity: string, minor: bigint, changes: Partial<DiscountableLine> = {}) =>
    line(key, minor, { scope: 'overage', meter: 'traffic.sent', billedQuantity: new Decimal(quantity), ...changes })
  const free = discount({ value: { method: 'units', meter: 'traffic.sent', perPeriod: new Decimal(100) }, scopes: ['usage', 'overage'] })

  test('are worth what the line charges for them', () =>
    expect(taken([traffic('t', '400', 4800n)], [free])).toEqual([['discount-1', -1200n]]))
  test('are never more than were used', () => expect(taken([traffic('t', '60', 720n)], [free])).toEqual([['discount-1', -720n]]))
  test('come once in a period, however many lines it has', () =>
    expect(taken([traffic('t1', '80', 800n), traffic('t2', '80', 1600n)], [free])).toEqual([['discount-1', -1200n]]))
  test('come again in the next period', () =>
    expect(taken([traffic('t1', '100', 800n), traffic('t2', '100', 800n, { billingPeriod: '2026-07-01' })], [free])).toEqual([
      ['discount-1', -1600n],
    ]))
})

describe('several discounts', () => {
  test('apply one after the other, each on what the one before left', () =>
    expect(
      taken(
        [line('a', 10000n)],
        [discount({ id: 'second', validFrom: new Date('2026-03-01') }), discount({ id: 'first', validFrom: new Date('2026-02-01') })],
      ),
    ).toEqual([
      ['first', -1000n],
      ['second', -900n],
    ]))
  test('with a lower number go before older ones', () =>
    expect(
      taken(
        [line('a', 10000n)],
        [discount({ id: 'old', validFrom: new Date('2025-01-01') }), discount({ id: 'urgent', priority: 1 })],
      )[0]?.[0],
    ).toBe('urgent'))
  test('that do not stack leave the line to the first', () =>
    expect(apply([line('a', 10000n)], [discount({ id: 'a', isStackable: false }), discount({ id: 'b' })]).map((s) => s.refusal)).toEqual([
      null,
      'not-combinable',
    ]))
  test('of one group apply once', () =>
    expect(
      apply([line('a', 10000n)], [discount({ id: 'a', stackGroup: 'welcome' }), discount({ id: 'b', stackGroup: 'welcome' })]).map(
        (s) => s.refusal,
      ),
    ).toEqual([null, 'not-combinable']))
  test('meet only on the lines they share', () =>
    expect(
      taken(
        [line('a', 10000n), line('b', 10000n, { subscriptionId: 'subscription-2' })],
        [
          discount({ id: 'a', isStackable: false, subscriptionId: 'subscription-1' }),
          discount({ id: 'b', isStackable: false, subscriptionId: 'subscription-2' }),
        ],
      ),
    ).toEqual([
      ['a', -1000n],
      ['b', -1000n],
    ]))
})

test('a discount is about fees whose period begins while it is in force', () => {
  const july = discount({ validFrom: new Date('2026-06-30T22:00:00Z'), validTo: new Date('2026-07-31T22:00:00Z') })
  const beginning = (text: string) => line(text, 1000n, { periodStart: new Date(text) })
  const lines = [beginning('2026-06-30T21:59:59Z'), beginning('2026-06-30T22:00:00Z'), beginning('2026-07-31T22:00:00Z')]
  expect([...(apply(lines, [july])[0]?.shares.keys() ?? [])]).toEqual(['2026-06-30T22:00:00Z'])
})

test('metered use is overage where the price includes a quantity', () => {
  expect(['setup', 'recurring', 'renewal', 'cancellation'].map((kind) => scopeOf(kind, false))).toEqual([
    'setup',
    'recurring',
    'recurring',
    null,
  ])
  expect([scopeOf('usage', false), scopeOf('usage', true)]).toEqual(['usage', 'overage'])
})

const anyDiscount = fc
  .record({
    kind: fc.constantFrom('percent', 'amount'),
    value: fc.integer({ min: 0, max: 100 }),
    priority: fc.integer({ min: 0, max: 2 }),
    day: fc.integer({ min: 1, max: 3 }),
    group: fc.constantFrom(null, 'a', 'b'),
    isStackable: fc.boolean(),
    scopes: fc.subarray(['setup', 'recurring', 'usage'] as const, { minLength: 1 }),
  })
  .map(({ kind, value, day, group, ...rest }) => ({
    ...rest,
    stackGroup: group,
    validFrom: new Date(Date.UTC(2026, 0, day)),
    value:
      kind === 'percent'
        ? { method: 'percent' as const, percent: new Decimal(value) }
        : { method: 'amount' as const, remaining: money(BigInt(value), 'EUR') },
  }))
const anyLine = fc.record({
  minor: fc.bigInt(-500n, 5_000n),
  scope: fc.constantFrom('setup' as const, 'recurring' as const, 'usage' as const),
})
const anyCase = fc.record({
  lines: fc
    .array(anyLine, { minLength: 1, maxLength: 6 })
    .map((list) => list.map(({ minor, scope }, at) => line(`line-${at}`, minor, { scope }))),
  discounts: fc.array(anyDiscount, { maxLength: 6 }).map((list) => list.map((each, at) => discount({ ...each, id: `discount-${at}` }))),
})

test('the same promotions in any order give the same steps', () => {
  fc.assert(
    fc.property(anyCase, fc.infiniteStream(fc.nat()), ({ lines, discounts }, ranks) => {
      const shuffled = discounts.map((each) => ({ each, rank: ranks.next().value })).sort((a, b) => a.rank - b.rank)
      const other = apply(
        lines.toReversed(),
        shuffled.map(({ each }) => each),
      )
      expect(other).toEqual(apply(lines, discounts))
    }),
    { numRuns: 300 },
  )
})

test('no discount takes a charge below zero, and every step is the sum of its shares', () => {
  fc.assert(
    fc.property(anyCase, ({ lines, discounts }) => {
      const steps = apply(lines, discounts)
      for (const each of lines.filter((one) => one.amount.minor >= 0n)) {
        const off = steps.reduce((total, step) => total + (step.shares.get(each.key)?.minor ?? 0n), 0n)
        expect(each.amount.minor + off).toBeGreaterThanOrEqual(0n)
      }
      for (const step of steps) expect(step.amount.minor).toBe([...step.shares.values()].reduce((total, { minor }) => total + minor, 0n))
    }),
    { numRuns: 300 },
  )
})
