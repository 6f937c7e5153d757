import { expect, test } from 'vitest'
import { money } from './money.ts'
import { parseMoney } from './parse-money.ts'

test.each([
  ['5000.00', 'EUR', 500_000n],
  ['5000', 'EUR', 500_000n],
  ['0.10', 'EUR', 10n],
  ['120', 'JPY', 120n],
  ['1.250', 'KWD', 1_250n],
])('%s %s is %i', (text, currency, minor) => expect(parseMoney(text, currency)).toEqual(money(minor, currency)))

test.each([
  ['0.001', 'EUR'],
  ['1.5', 'JPY'],
  ['-1', 'EUR'],
  ['1,50', 'EUR'],
  ['1e3', 'EUR'],
  ['', 'EUR'],
])('%s %s is no amount', (text, currency) => expect(parseMoney(text, currency)).toBeNull())
