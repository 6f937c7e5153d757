import { describe, expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { costOfMove } from './cost-of-move.ts'
import { judgeLevel, type LevelRules, type LevelStanding } from './judge-level.ts'
import { type LevelDiscount, type ListPrice, levelPrice, percentAt } from './level-discount.ts'
import { type LevelVersion, planLevelBook } from './plan-level-book.ts'

const day = (text: string) => new Date(`${text}T00:00:00Z`)
const start = day('2026-01-01')
const off = (scope: LevelDiscount['scope'], percent: string, changes: Partial<LevelDiscount> = {}): LevelDiscount => ({
  scope,
  productGroup: null,
  percent: new Decimal(percent),
  validFrom: start,
  validTo: null,
  ...changes,
})
const silver = [off('setup', '10'), off('recurring', '20'), off('usage', '20'), off('overage', '20')]
const bronze = [off('setup', '10'), off('recurring', '10'), off('usage', '10'), off('overage', '10')]

const price = (feeKind: ListPrice['feeKind'], unitPrice: string, changes: Partial<ListPrice> = {}): ListPrice => ({
  feeKind,
  productId: 'web-1',
  productGroup: 'web',
  meter: feeKind === 'usage' ? 'traffic.sent' : null,
  unit: feeKind === 'usage' ? 'GB' : 'month',
  unitPrice: new Decimal(unitPrice),
  model: { kind: 'per-unit' },
  included: new Decimal(0),
  includedScope: 'subscription',
  rollsOver: false,
  cap: null,
  minimum: null,
  quantityStep: null,
  interval: null,
  billingMode: null,
  match: {},
  ...changes,
})
const overage = price('usage', '0.12', { included: new Decimal(100) })
const webOne = [price('setup', '10.00'), price('recurring', '19.00'), overage]
const figures = (prices: readonly ListPrice[]) => prices.map(({ unitPrice }) => unitPrice.toFixed())

describe('prices of a level', () => {
  test('Silver buys Web 1 at 9.00, 15.20 a month and 0.096 above the allowance, Web 2 at 63.20', () => {
    const silverPrices = [...webOne, price('recurring', '79.00')].map((listed) => levelPrice(listed, silver, start))
    expect(figures(silverPrices)).toEqual(['9', '15.2', '0.096', '63.2'])
    expect(silverPrices[2]?.included.toFixed()).toBe('100')
  })

  test('Bronze buys Web 1 at 9.00, 17.10 a month and 0.108 above the allowance', () => {
    expect(figures(webOne.map((listed) => levelPrice(listed, bronze, start)))).toEqual(['9', '17.1', '0.108'])
  })

  test('the discount of a product group comes before the one of all groups', () => {
    const discounts = [...silver, off('recurring', '25', { productGroup: 'web' })]
    expect(levelPrice(price('recurring', '19.00'), discounts, start).unitPrice.toFixed()).toBe('14.25')
    expect(levelPrice(price('recurring', '19.00', { productGroup: 'storage' }), discounts, start).unitPrice.toFixed()).toBe('15.2')
  })

  test('tiers, caps and minimums fall alike, a cancellation fee does not', () => {
    const tiers = [
      { upTo: new Decimal(10), unitPrice: new Decimal('1'), flat: new Decimal('5') },
      { upTo: null, unitPrice: new Decimal('0.5'), flat: new Decimal(0) },
    ]
    const listed = price('usage', '1', {
      model: { kind: 'graduated', params: { tiers } },
      cap: new Decimal('40'),
      minimum: new Decimal('5'),
    })
    const made = levelPrice(listed, silver, start)
    expect([made.cap?.toFixed(), made.minimum?.toFixed()]).toEqual(['32', '4'])
    expect(made.model).toMatchObject({
      params: { tiers: [{ unitPrice: new Decimal('0.8'), flat: new Decimal('4') }, { unitPrice: new Decimal('0.4') }] },
    })
    expect(levelPrice(price('cancellation', '30'), silver, start).unitPrice.toFixed()).toBe('30')
  })

  test('a discount counts from its first instant until just before its end', () => {
    const discounts = [off('recurring', '20', { validTo: day('2026-06-01') }), off('recurring', '15', { validFrom: day('2026-06-01') })]
    const at = (text: string) => percentAt(discounts, { scope: 'recurring', productGroup: null, at: new Date(text) }).toFixed()
    expect([at('2026-05-31T23:59:59.999Z'), at('2026-06-01T00:00:00Z')]).toEqual(['20', '15'])
  })
})

describe('the book of a level', () => {
  const list = [{ validFrom: start, validTo: null, prices: [price('recurring', '19.00')] }]
  const version = (id: string, from: string, to: string | null, unitPrice: string): LevelVersion => ({
    id,
    validFrom: day(from),
    validTo: to ? day(to) : null,
    prices: [price('recurring', unitPrice)],
  })

  test('an empty book gets the prices from the start of the list on', () => {
    const plan = planLevelBook({ list, discounts: silver, standing: [], from: start })
    expect(plan.adds.map(({ validFrom, validTo, prices }) => [validFrom, validTo, figures(prices)])).toEqual([[start, null, ['15.2']]])
    expect([plan.ends, plan.withdraws]).toEqual([null, []])
  })

  test('a book that says what it must is left alone', () => {
    const standing = [version('v1', '2026-01-01', null, '15.20')]
    expect(planLevelBook({ list, discounts: silver, standing, from: day('2026-06-01') })).toEqual({ ends: null, withdraws: [], adds: [] })
  })

  test('a list price that rises in July ends the version then, and the past keeps its price', () => {
    const risen = [
      { validFrom: start, validTo: day('2026-07-01'), prices: [price('recurring', '19.00')] },
      { validFrom: day('2026-07-01'), validTo: null, prices: [price('recurring', '20.00')] },
    ]
    const plan = planLevelBook({
      list: risen,
      discounts: silver,
      standing: [version('v1', '2026-01-01', null, '15.20')],
      from: day('2026-06-05'),
    })
    expect(plan.ends).toEqual({ id: 'v1', validTo: day('2026-07-01') })
    expect(plan.adds.map(({ validFrom, prices }) => [validFrom, figures(prices)])).toEqual([[day('2026-07-01'), ['16']]])
  })

  test('a discount that changes before an announced price replaces what was announced', () => {
    const risen = [
      { validFrom: start, validTo: day('2026-07-01'), prices: [price('recurring', '19.00')] },
      { validFrom: day('2026-07-01'), validTo: null, prices: [price('recurring', '20.00')] },
    ]
    const standing = [version('v1', '2026-01-01', '2026-07-01', '15.20'), version('v2', '2026-07-01', null, '16')]
    const discounts = [off('recurring', '20', { validTo: day('2026-06-15') }), off('recurring', '25', { validFrom: day('2026-06-15') })]
    const plan = planLevelBook({ list: risen, discounts, standing, from: day('2026-06-05') })
    expect([plan.ends, plan.withdraws]).toEqual([{ id: 'v1', validTo: day('2026-06-15') }, ['v2']])
    expect(plan.adds.map(({ validFrom, validTo, supersedesId, prices }) => [validFrom, validTo, supersedesId, figures(prices)])).toEqual([
      [day('2026-06-15'), day('2026-07-01'), null, ['14.25']],
      [day('2026-07-01'), null, 'v2', ['15']],
    ])
  })

  test('a list price that was wrong from the start is corrected over its whole span', () => {
    const plan = planLevelBook({ list, discounts: silver, standing: [version('v1', '2026-01-01', null, '1.52')], from: start })
    expect([plan.ends, plan.withdraws]).toEqual([null, ['v1']])
    expect(plan.adds.map(({ supersedesId, prices }) => [supersedesId, figures(prices)])).toEqual([['v1', ['15.2']]])
  })
})

describe('the level a reseller earns', () => {
  const rules = (id: string, rank: number, changes: Partial<LevelRules> = {}): LevelRules => ({
    id,
    rank,
    minTurnover: null,
    turnoverMonths: 12,
    maxOverdueDays: null,
    graceDays: 30,
    ...changes,
  })
  const levels = [
    rules('bronze', 1),
    rules('silver', 2, { minTurnover: money(1_000_000n, 'EUR'), maxOverdueDays: 14 }),
    rules('gold', 3, { minTurnover: money(5_000_000n, 'EUR') }),
  ]
  const standing = (currentLevelId: string | null, net: bigint, days = 0): LevelStanding => ({
    currentLevelId,
    turnover: (_, currency) => money(currency === 'EUR' ? net : 0n, currency),
    overdueDays: () => days,
  })

  test('turnover exactly at the threshold is enough, a cent less is not', () => {
    expect(judgeLevel(levels, standing('bronze', 1_000_000n))).toMatchObject({ levelId: 'silver', move: 'rises' })
    expect(judgeLevel(levels, standing('bronze', 999_999n))).toEqual({
      levelId: 'bronze',
      move: 'stays',
      unmet: [{ rule: 'turnover', needed: money(1_000_000n, 'EUR'), reached: money(999_999n, 'EUR'), months: 12 }],
    })
  })

  test('who pays late loses the level, and reads by how much', () => {
    expect(judgeLevel(levels, standing('silver', 2_000_000n, 15))).toEqual({
      levelId: 'bronze',
      move: 'falls',
      unmet: [{ rule: 'overdue', allowedDays: 14, days: 15 }],
    })
  })

  test('nobody falls below the lowest level', () => {
    expect(judgeLevel([levels[1] as LevelRules], standing('silver', 0n)).levelId).toBe('silver')
  })

  test('a reseller without a level is given the one it earns', () => {
    expect(judgeLevel(levels, standing(null, 5_000_000n))).toMatchObject({ levelId: 'gold', move: 'rises', unmet: [] })
  })
})

describe('what a move costs', () => {
  const sums = [
    { scope: 'recurring' as const, productGroup: 'web', amount: new Decimal('152.00'), percent: new Decimal(20) },
    { scope: 'overage' as const, productGroup: 'web', amount: new Decimal('5.76'), percent: new Decimal(20) },
    { scope: 'recurring' as const, productGroup: null, amount: new Decimal('50.00'), percent: null },
  ]

  test('from Silver to Bronze ten months of Web 1 cost 19.00 more and its overage 0.72, agreed prices nothing', () => {
    expect(costOfMove(sums, { discounts: bronze, at: start, currency: 'EUR' })).toEqual({
      before: money(20776n, 'EUR'),
      after: money(22748n, 'EUR'),
      difference: money(1972n, 'EUR'),
      isIncomplete: false,
    })
  })

  test('what was free by a discount of all of it stays as it was and is said to be incomplete', () => {
    const free = [{ scope: 'setup' as const, productGroup: null, amount: new Decimal(0), percent: new Decimal(100) }]
    expect(costOfMove(free, { discounts: bronze, at: start, currency: 'JPY' })).toMatchObject({
      difference: money(0n, 'JPY'),
      isIncomplete: true,
    })
  })
})
