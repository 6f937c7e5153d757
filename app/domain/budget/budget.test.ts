import { describe, expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { fitsShare, forecastOf, percentSpent, reachedSteps, spanAt, spentOf } from './budget.ts'
import { typedMails } from './notification.ts'

const eur = (minor: bigint) => money(minor, 'EUR')
const spend = (usage: string, fees: string, feesToCome = '0') => ({
  usage: new Decimal(usage),
  fees: new Decimal(fees),
  feesToCome: new Decimal(feesToCome),
})
const june = { start: new Date('2026-05-31T22:00:00Z'), end: new Date('2026-06-30T22:00:00Z') }
const rules = { amount: eur(10_000n), thresholds: [50, 80, 100], tellsForecast: true }

describe('a budget', () => {
  test('of a month begins with the month of the seller, one in total with its first day', () => {
    expect(spanAt({ period: 'month' }, new Date('2026-06-30T21:59:59Z'), 'Europe/Berlin')).toEqual(june)
    expect(spanAt({ period: 'total', startsOn: '2026-06-01', endsOn: '2026-06-30' }, new Date(), 'Europe/Berlin')).toEqual(june)
    expect(spanAt({ period: 'total', startsOn: '2026-06-01', endsOn: null }, new Date(), 'UTC').end).toBeNull()
  })

  test('rounds what was spent once', () => {
    expect(spentOf(spend('1.004', '0.001'), 'EUR')).toEqual(eur(101n))
  })

  test('reaches a step at its share, not a cent before', () => {
    expect(reachedSteps(rules, eur(4_999n), null)).toEqual([])
    expect(reachedSteps(rules, eur(5_000n), null)).toEqual(['50'])
    expect(reachedSteps(rules, eur(12_000n), eur(90_000n))).toEqual(['50', '80', '100'])
    expect(reachedSteps({ ...rules, thresholds: [80] }, eur(12_000n), null)).toEqual(['80'])
  })

  test('tells of a forecast above it while less than all is spent', () => {
    expect(reachedSteps(rules, eur(100n), eur(10_000n))).toEqual([])
    expect(reachedSteps(rules, eur(100n), eur(10_001n))).toEqual(['forecast'])
    expect(reachedSteps({ ...rules, tellsForecast: false }, eur(100n), eur(10_001n))).toEqual([])
  })

  test('is spent in whole percent, rounded down', () => {
    expect(percentSpent(eur(300n), eur(200n))).toBe(66)
  })
})

describe('the forecast', () => {
  const at = (now: string, ...sums: Parameters<typeof spend>) =>
    forecastOf(spend(...sums), { span: june, now: new Date(now), currency: 'EUR' })

  test('takes usage to the end at its rate so far and adds the fees that are known', () => {
    expect(at('2026-06-10T22:00:00Z', '20.00', '9.50', '19.00')).toEqual(eur(8_850n))
  })

  test('is what was charged once the span is over', () => {
    expect(at('2026-08-01T00:00:00Z', '20.00', '9.50')).toEqual(eur(2_950n))
  })

  test('expects nothing of usage before the span begins', () => {
    expect(at('2026-05-31T22:00:00Z', '0', '0', '19.00')).toEqual(eur(1_900n))
  })
})

describe('shares of a budget', () => {
  const parent = { amount: eur(10_000n), allowsOver: false }

  test('are never more than the whole', () => {
    expect(fitsShare(parent, [eur(6_000n)], eur(4_000n))).toEqual({ ok: true, value: eur(0n) })
    expect(fitsShare(parent, [eur(6_000n)], eur(4_001n))).toEqual({ ok: false, error: 'more-than-parent' })
  })

  test('may be more where the owner allows it', () => {
    expect(fitsShare({ ...parent, allowsOver: true }, [eur(6_000n)], eur(5_000n))).toEqual({ ok: true, value: eur(-1_000n) })
  })
})

test('addresses may be parted by commas or lines, each counts once', () => {
  expect(typedMails('Ida@mail.example, bo@mail.example\nida@mail.example')).toEqual(['ida@mail.example', 'bo@mail.example'])
  expect(typedMails('')).toEqual([])
  expect(typedMails('nobody')).toBeUndefined()
})
