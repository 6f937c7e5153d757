import { expect, test } from 'vitest'
import { moneyOn, rateOn } from './price-basis.ts'

test('a price with tax is the net price and the tax on it, rounded once', () => {
  expect(moneyOn('gross', { minor: 499n, currency: 'EUR' }, '20')).toEqual({ minor: 599n, currency: 'EUR' })
  expect(moneyOn('net', { minor: 499n, currency: 'EUR' }, '20')).toEqual({ minor: 499n, currency: 'EUR' })
})

test('an hourly price keeps all its decimals', () => {
  expect(rateOn('gross', '0.006917', '8.1')).toBe('0.007477277')
})
