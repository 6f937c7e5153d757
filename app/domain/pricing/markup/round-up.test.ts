import { expect, test } from 'vitest'
import { Decimal } from '../../money/decimal.ts'
import { type MarkupRounding, roundUp } from './round-up.ts'

const cases: [string, MarkupRounding, string, string][] = [
  ['22.5036', 'up-90', 'CHF', '22.9'],
  ['93.5676', 'up-90', 'CHF', '93.9'],
  ['22.90', 'up-90', 'CHF', '22.9'],
  ['22.91', 'up-90', 'CHF', '23.9'],
  ['9.995', 'up-99', 'EUR', '10.99'],
  ['4.01', 'up-5', 'CHF', '4.05'],
  ['4.05', 'up-5', 'CHF', '4.05'],
  ['12.0001', 'up-whole', 'EUR', '13'],
  ['10.005', 'minor', 'EUR', '10.01'],
  ['3.4567', 'minor', 'KWD', '3.457'],
  ['3.4567', 'up-90', 'KWD', '3.9'],
  ['2980.2', 'up-90', 'JPY', '2981'],
  ['2980.2', 'minor', 'JPY', '2980'],
  ['0.013', 'up-90', 'EUR', '0.013'],
  ['0.0049', 'minor', 'EUR', '0.0049'],
  ['0', 'up-90', 'EUR', '0'],
  ['1.2345678901239', 'none', 'EUR', '1.234567890124'],
]

test.each(cases)('%s rounded by %s is in %s %s', (price, rounding, currency, expected) => {
  expect(roundUp(new Decimal(price), rounding, currency).toFixed()).toBe(expected)
})
