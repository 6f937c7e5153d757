import { expect, test } from 'vitest'
import { costText, deltaText, modelOfTerms, refusalsOf } from './models.fixture.ts'

const support = modelOfTerms('flat', { amount: '49.00' })

test.each([
  ['0', '49'],
  ['0.000000000001', '49'],
  ['1', '49'],
  ['100000000000000000000', '49'],
  ['-3', '49'],
])('a flat price costs the same for %s units', (quantity, cost) => {
  expect(costText(support, quantity)).toBe(cost)
})

test('use moves nothing, and neither does a correction', () => {
  expect(deltaText(support, '0', '10')).toBe('0')
  expect(deltaText(support, '10', '4')).toBe('0')
})

test('an amount that is missing, negative or a JSON number is refused', () => {
  expect(refusalsOf('flat', {})).toEqual(['amount not-a-decimal'])
  expect(refusalsOf('flat', { amount: '-1' })).toEqual(['amount not-a-decimal'])
  expect(refusalsOf('flat', { amount: 49 })).toEqual(['amount not-a-decimal'])
})
