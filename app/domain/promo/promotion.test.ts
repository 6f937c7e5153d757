import { describe, expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { applyDiscounts } from './apply-discounts.ts'
import { attemptWindowAt } from './attempt-window.ts'
import { campaignStateAt, isBudgetSpent } from './campaign.ts'
import { discount, line } from './discount.fixture.ts'
import { discountQuote, expectedCost, recurringShareOf } from './discount-quote.ts'
import { endOfPeriods } from './end-of-periods.ts'
import { codeBytes, codeFrom, normaliseCode } from './promo-code.ts'
import { promotion } from './promotion.fixture.ts'
import { discountOf, discountValue, readSnapshot, snapshotOf } from './promotion.ts'
import { promotionSentence } from './promotion-sentence.ts'

const eur = (minor: bigint) => money(minor, 'EUR')
const vienna = { category: 'S', rate: new Decimal(20), reason: 'domestic' } as const
const at = new Date('2026-06-05T14:40:00Z')
const use = { currency: 'EUR', id: 'discount-1', accountId: null, subscriptionId: null, validFrom: at, validTo: null }

describe('a server on a Friday afternoon', () => {
  const fee = (feeKind: 'setup' | 'recurring', minor: bigint) => ({ feeKind, amount: eur(minor), productGroup: null })
  const quote = { fees: [fee('setup', 1500n), fee('recurring', 9500n), fee('recurring', 600n)], treatment: vienna, orderNet: eur(11600n) }
  const weekend = discountOf(snapshotOf(promotion(), 'WEEKEND10'), use)
  const priced = discountQuote({
    quote,
    accountId: 'huber',
    discounts: weekend.ok ? [weekend.value] : [],
    at,
    on: '2026-06-05',
  })

  test('costs 105.90, 21.18 tax, 127.08 with the code', () =>
    expect([priced.steps[0]?.amount.minor, priced.orderNet.minor, priced.orderTax.minor, priced.orderTotal.minor]).toEqual([
      -1010n,
      10590n,
      2118n,
      12708n,
    ]))
  test('is expected to cost the campaign 10.10, and 121.20 over a year', () => {
    const [step] = priced.steps
    if (!step) throw new Error('no step')
    expect(expectedCost(step, recurringShareOf(step), 1)).toEqual(eur(1010n))
    expect(expectedCost(step, recurringShareOf(step), 12)).toEqual(eur(12120n))
  })
})

describe('what an order keeps of a promotion', () => {
  test('survives storage', () => {
    const snapshot = snapshotOf(promotion(), 'WEEKEND10')
    expect(readSnapshot(JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot)
  })
  test('says free units and free periods by scope', () => {
    expect(snapshotOf(promotion({ terms: { kind: 'free-period', periods: 2 }, scopes: ['setup'] }), null).scopes).toEqual(['recurring'])
    expect(
      snapshotOf(promotion({ terms: { kind: 'free-units', meter: 'traffic.sent', units: '100', periods: null } }), null).scopes,
    ).toEqual(['usage', 'overage'])
  })
  test('gives an amount only in the currencies it is set for', () => {
    const terms = { kind: 'amount' as const, amounts: { EUR: '1000', JPY: '1500' } }
    expect(discountValue(terms, 'JPY')).toEqual({ ok: true, value: { method: 'amount', remaining: money(1500n, 'JPY') } })
    expect(discountValue(terms, 'USD')).toEqual({ ok: false, error: 'other-currency' })
  })
})

describe('codes', () => {
  test('are eighty bits in groups of four, without look-alikes', () => {
    expect(codeFrom(new Uint8Array(codeBytes))).toBe('2222-2222-2222-2222')
    expect(codeFrom(new Uint8Array(codeBytes).fill(255))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ')
    expect(codeFrom(Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))).toMatch(/^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){3}$/)
  })
  test('are read however they are typed', () =>
    expect([' weekend10 ', 'WEEK END10', 'ｗeekend10'].map(normaliseCode)).toEqual(['WEEKEND10', 'WEEKEND10', 'WEEKEND10']))
  test('of the wrong shape are none', () =>
    expect(['', 'abc', "x' or 1=1", '-ABCD', 'A'.repeat(41)].map(normaliseCode)).toEqual(Array(5).fill(undefined)))
})

test('ten tries are counted by the quarter of an hour', () =>
  expect(attemptWindowAt(new Date('2026-06-05T14:44:59.999Z')).toISOString()).toBe('2026-06-05T14:30:00.000Z'))

describe('a campaign', () => {
  const dates = { startsAt: new Date('2026-06-05T00:00:00Z'), endsAt: new Date('2026-06-08T00:00:00Z') }
  test('runs from its first day to its last', () =>
    expect(
      ['2026-06-04T23:59:59Z', '2026-06-05T00:00:00Z', '2026-06-08T00:00:00Z'].map((text) =>
        campaignStateAt({ ...dates, state: 'scheduled' }, new Date(text)),
      ),
    ).toEqual(['scheduled', 'running', 'ended']))
  test('that is a draft or spent is left to people', () =>
    expect((['draft', 'spent'] as const).map((state) => campaignStateAt({ ...dates, state }, dates.startsAt))).toEqual(['draft', 'spent']))
  test('is spent when what is left would not pay the smallest redemption', () => {
    expect(isBudgetSpent({ budget: eur(10000n), spent: eur(9500n), smallest: eur(500n) })).toBe(false)
    expect(isBudgetSpent({ budget: eur(10000n), spent: eur(9501n), smallest: eur(500n) })).toBe(true)
    expect(isBudgetSpent({ budget: null, spent: eur(9501n), smallest: eur(500n) })).toBe(false)
  })
})

describe('the first period ends', () => {
  test('with the calendar month', () =>
    expect(endOfPeriods({ zone: 'Europe/Vienna', anchorDay: 1 }, at, 1).toISOString()).toBe('2026-06-30T22:00:00.000Z'))
  test('a month after it began, by anniversary', () =>
    expect(endOfPeriods({ zone: 'Europe/Vienna', anchorDay: 5 }, at, 1).toISOString()).toBe('2026-07-04T22:00:00.000Z'))
  test('and the third one on the last day of a short month', () =>
    expect(endOfPeriods({ zone: 'Europe/Vienna', anchorDay: 31 }, new Date('2026-12-31T10:00:00Z'), 2).toISOString()).toBe(
      '2027-02-27T23:00:00.000Z',
    ))
})

test('the sentence of a promotion names amounts by currency in one order', () =>
  expect(promotionSentence({ kind: 'amount', amounts: { USD: '1200', EUR: '1000' } }, ['setup'])).toEqual({
    key: 'sentence.amount',
    percent: null,
    amounts: [
      { currency: 'EUR', minor: '1000' },
      { currency: 'USD', minor: '1200' },
    ],
    units: null,
    meter: null,
    scopes: ['setup'],
    periods: null,
  }))

test('a promotion keeps its place in the order of application on every invoice', () => {
  const older = discountOf(snapshotOf(promotion({ isStackable: true }), 'WEEKEND10'), { ...use, id: 'z' })
  const newer = discount({ id: 'a', validFrom: new Date('2026-06-05T00:00:00Z'), isStackable: true })
  const lines = [line('fee', 10000n, { periodStart: at })]
  const steps = applyDiscounts({ currency: 'EUR', lines, discounts: [newer, ...(older.ok ? [older.value] : [])] })
  expect(steps.map((step) => step.discount.id)).toEqual(['z', 'a'])
})
