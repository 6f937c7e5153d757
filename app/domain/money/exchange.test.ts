import { describe, expect, test } from 'vitest'
import { Decimal } from './decimal.ts'
import { convert, type ExchangeRate, rateOn, type UsedRate } from './exchange.ts'
import { money } from './money.ts'

const rate = (quote: string, value: string, date: string, source = 'ECB'): ExchangeRate => ({
  base: 'EUR',
  quote,
  rate: new Decimal(value),
  source,
  date,
})
const known = [
  rate('CHF', '0.94', '2026-06-05'),
  rate('CHF', '0.95', '2026-06-08'),
  rate('JPY', '168.37', '2026-06-05'),
  rate('KWD', '0.3345', '2026-06-04'),
]
const used = (quote: string, on = '2026-06-05'): UsedRate => {
  const found = rateOn(known, { base: 'EUR', quote, on })
  if (!found.ok) throw new Error(found.error)
  return found.value
}

describe('the rate of a day', () => {
  test('on a Sunday the rate of Friday counts, on Monday the new one', () => {
    expect(used('CHF', '2026-06-07').rate.toFixed()).toBe('0.94')
    expect(used('CHF', '2026-06-08').rate.toFixed()).toBe('0.95')
  })

  test('a rate of tomorrow is no rate of today, and no rate is not one to one', () => {
    expect(rateOn(known, { base: 'EUR', quote: 'CHF', on: '2026-06-04' })).toEqual({ ok: false, error: 'no-rate' })
    expect(rateOn(known, { base: 'EUR', quote: 'USD', on: '2026-06-08' })).toEqual({ ok: false, error: 'no-rate' })
  })

  test('of two rates of one day the first in order counts: what a person typed in comes before what was imported', () => {
    const typed = rate('CHF', '0.93', '2026-06-08', 'contract')
    const found = rateOn([typed, ...known], { base: 'EUR', quote: 'CHF', on: '2026-06-09' })
    expect(found.ok && [found.value.rate.toFixed(), found.value.source]).toEqual(['0.93', 'contract'])
  })

  test('a pair is turned round only when that is asked for', () => {
    const question = { base: 'CHF', quote: 'EUR', on: '2026-06-05' }
    expect(rateOn(known, question).ok).toBe(false)
    const found = rateOn(known, { ...question, derive: { over: 'EUR' } })
    expect(found.ok && [found.value.rate.toFixed(), found.value.origin]).toEqual(['1.063829787234', 'inverse'])
  })

  test('francs to yen over the euro is a cross rate of the older day, and names what it is made of', () => {
    const found = rateOn(known, { base: 'CHF', quote: 'KWD', on: '2026-06-08', derive: { over: 'EUR' } })
    expect(found.ok && found.value).toMatchObject({ origin: 'cross', date: '2026-06-04', source: 'ECB (EUR)', base: 'CHF', quote: 'KWD' })
    expect(found.ok && found.value.rate.toFixed()).toBe('0.352105263158')
    expect(found.ok && found.value.madeOf.map((leg) => `${leg.base}${leg.quote} ${leg.rate.toFixed()}`)).toEqual([
      'EURCHF 0.95',
      'EURKWD 0.3345',
    ])
  })
})

describe('a conversion', () => {
  test('keeps the rate, its source and its date', () => {
    expect(convert(money(2934n, 'EUR'), used('CHF'))).toEqual({
      ok: true,
      value: { amount: money(2758n, 'CHF'), rate: new Decimal('0.94'), source: 'ECB', date: '2026-06-05', origin: 'direct' },
    })
  })

  test('rounds to whole yen and to thousandths of a dinar, for charges and for credits', () => {
    expect(convert(money(1999n, 'EUR'), used('JPY'))).toMatchObject({ value: { amount: money(3366n, 'JPY') } })
    expect(convert(money(1999n, 'EUR'), used('KWD'))).toMatchObject({ value: { amount: money(6687n, 'KWD') } })
    expect(convert(money(-1999n, 'EUR'), used('KWD'))).toMatchObject({ value: { amount: money(-6687n, 'KWD') } })
  })

  test('refuses an amount in another currency than the rate starts from', () => {
    expect(convert(money(100n, 'CHF'), used('CHF'))).toEqual({ ok: false, error: 'wrong-currency' })
  })
})
