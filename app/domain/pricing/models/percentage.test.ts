import { expect, test } from 'vitest'
import { costText, deltaText, modelOfTerms } from './models.fixture.ts'

const turnover = modelOfTerms('percentage', { rate: '2.5', fixed: '1.20', free: '100' })

test.each([
  ['0', '0'],
  ['100', '0'],
  ['100.000000000001', '1.200000000000025'],
  ['300', '6.2'],
  ['-40', '0'],
  ['100000000000000000000', '2499999999999999998.7'],
])('of a turnover of %s, %s are due', (quantity, cost) => {
  expect(costText(turnover, quantity)).toBe(cost)
})

test('the fixed fee comes and goes with the first amount above the allowance', () => {
  expect(deltaText(turnover, '99', '101')).toBe('1.225')
  expect(deltaText(turnover, '101', '99')).toBe('-1.225')
})

test('a percentage alone needs no more than its rate', () => {
  expect(costText(modelOfTerms('percentage', { rate: '10' }), '5')).toBe('0.5')
})
