import { expect, test } from 'vitest'
import { costText, deltaText, modelOfTerms, refusalsOf } from './models.fixture.ts'

const traffic = modelOfTerms('per-unit', { unitPrice: '0.02' })

test.each([
  ['0', '0'],
  ['1', '0.02'],
  ['2.95288', '0.0590576'],
  ['0.000000000001', '0.00000000000002'],
  ['100000000000000000000', '2000000000000000000'],
  ['-5', '0'],
])('%s units at 0.02 cost %s', (quantity, cost) => {
  expect(costText(traffic, quantity)).toBe(cost)
})

test('a correction gives back what it had cost', () => {
  expect(deltaText(traffic, '100', '40')).toBe('-1.2')
})

test('a price that is no decimal text is refused', () => {
  for (const unitPrice of ['', '1,5', '1e3', '-0.1', '0.0000000000001', 'free', null])
    expect(refusalsOf('per-unit', { unitPrice })).toEqual(['unitPrice not-a-decimal'])
})
